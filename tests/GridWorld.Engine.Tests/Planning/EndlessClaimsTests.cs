namespace GridWorld.Tests;

/// <summary>Cycles at discount 1 whose rewards cancel: walking them forever adds up to no total.</summary>
public class EndlessClaimsTests
{
    const int States = 4, Actions = 2;

    static World Hopping(double hole) => new(["S+H"], new WorldRules
    {
        StepReward = 0,
        BumpReward = -1,
        Rewards = new Dictionary<char, double> { ['S'] = -1, ['+'] = 1, ['H'] = hole },
        Legend = new Dictionary<char, char> { ['+'] = '.' },
    });

    [Fact]
    public void A_walk_without_a_total_that_claims_more_than_any_end_leaves_no_optimum()
    {
        var mdp = Hopping(-5).Compile();

        Assert.All(Planners(mdp), plan => Assert.Contains("cancel", Assert.Throws<InputException>(() => plan()).Message));
        Assert.Equal(0, PolicyIteration.Solve(mdp, 0.5, Plans.Token).StartValue - Plans.Of(mdp, 0.5).StartValue, 1e-12);
    }

    [Fact]
    public void Where_an_end_is_worth_more_than_the_walk_claims_it_is_the_optimum()
    {
        var mdp = Hopping(5).Compile();

        Assert.All(Planners(mdp), plan => Assert.Equal(6, plan().StartValue));
    }

    [Fact]
    public void Of_a_walk_without_a_total_no_value_is_told()
    {
        var plan = Plans.Of(Hopping(5));
        var walk = new double[plan.Q.Length];
        (walk[1], walk[4 + 3]) = (1, 1);

        var solution = DistanceToOptimum.Of(plan, walk, Plans.Token);

        Assert.Null(solution.GreedyValue);
        Assert.False(solution.IsProper);
    }

    [Fact]
    public async Task A_run_in_a_world_without_an_optimum_trains_and_tells_none()
    {
        var world = Hopping(-5);
        var run = world.Train(new QLearning { DiscountFactor = 1 }, episodes: 50, options: RunOptions.InMemory);
        await run.Completion.WaitAsync(Plans.Token);

        run.SolveExactly();

        Assert.Equal(RunState.Completed, run.State);
        Assert.Null(run.Status().OptimalValue);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void All_planners_answer_alike(int outcomes)
    {
        int solved = 0, refused = 0;
        for (ulong seed = 0; seed < 600; seed++)
        {
            var mdp = Draw(seed, outcomes);
            double?[] answers = [.. Planners(mdp).Select(Answer)];

            Assert.True(answers.All(a => a is null) || answers.All(a => a is { } v && Math.Abs(v - answers[0]!.Value) < 1e-9),
                $"seed {seed}: {string.Join(", ", answers)}");
            solved += answers[0] is null ? 0 : 1;
            refused += answers[0] is null ? 1 : 0;
        }

        Assert.True(solved > 100 && refused > 100, $"{solved} solved, {refused} refused");
    }

    [Fact]
    public void Without_chance_the_answer_is_that_of_trying_every_policy()
    {
        for (ulong seed = 0; seed < 600; seed++)
        {
            var mdp = Draw(seed, 1);
            var (total, claim) = BestOfAll(mdp);
            double? expected = double.IsInfinity(claim) || claim > total ? null : total;

            Assert.True(expected == Answer(() => Plans.Of(mdp)), $"seed {seed}: {expected} expected, {Answer(() => Plans.Of(mdp))} found");
        }
    }

    static IEnumerable<Func<Plan>> Planners(Mdp mdp)
    {
        var model = new ExpectedModel(mdp, 1);
        var graph = new TransitionGraph(model);
        yield return () => Plans.Of(mdp);
        yield return () => PolicyIteration.Solve(mdp, 1, Plans.Token);
        yield return () => Planner.Finish(mdp, model, new(graph), StochasticPlanner.Solve(model, graph, Plans.Token), Plans.Token);
        if (model.IsDeterministic)
            yield return () => Planner.Finish(mdp, model, new(graph), DeterministicPlanner.Solve(model, new(graph), Plans.Token),
                Plans.Token);
    }

    static double? Answer(Func<Plan> solve)
    {
        try
        {
            return solve().StartValue;
        }
        catch (InputException e)
        {
            Assert.Contains("discount factor 1", e.Message);
            return null;
        }
    }

    // The best total from the start over all policies that have one, and the best of what any of them claims: of one that goes
    // round forever, its sum so far at the best moments, again and again.
    static (double Total, double Claim) BestOfAll(Mdp mdp)
    {
        var (total, claim) = (double.NegativeInfinity, double.NegativeInfinity);
        for (int code = 0; code < 8; code++)
        {
            var sums = new List<double> { 0 };
            var seen = new Dictionary<int, int>();
            int state = 0;
            double sum = 0;
            while (!mdp.IsTerminal(state) && seen.TryAdd(state, sums.Count - 1))
            {
                int action = code >> state & 1;
                sum += mdp.Reward(state, action);
                sums.Add(sum);
                state = mdp.Next(state, action);
            }

            if (mdp.IsTerminal(state))
            {
                (total, claim) = (Math.Max(total, sum), Math.Max(claim, sum));
                continue;
            }

            var round = sums[seen[state]..];
            double gain = round[^1] - round[0];
            if (gain == 0 && round.TrueForAll(r => r == round[0]))
                total = Math.Max(total, sum);
            claim = Math.Max(claim, gain > 0 ? double.PositiveInfinity : gain < 0 ? double.NegativeInfinity : round.Max());
        }

        return (total, claim);
    }

    static Mdp Draw(ulong seed, int outcomes)
    {
        var (rng, _, _) = Rng.Streams(seed);
        int entries = States * Actions * outcomes;
        var next = new int[entries];
        var (reward, p) = (new double[entries], new double[entries]);
        for (int i = 0; i < entries; i++)
        {
            next[i] = rng.Below(States);
            reward[i] = rng.Below(3) - 1;
            p[i] = outcomes == 1 ? 1 : 0.5;
        }

        return Mdp.FromArrays(States, Actions, outcomes, next, reward, p, [false, false, false, true], [new(0, 1)]);
    }
}
