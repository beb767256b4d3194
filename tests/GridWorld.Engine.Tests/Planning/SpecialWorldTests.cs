namespace GridWorld.Tests;

/// <summary>Sticky actions, restarts, several starts, changes, and a process that is no grid.</summary>
public class SpecialWorldTests
{
    [Theory]
    [InlineData(0.25)]
    [InlineData(0.5)]
    public void Turning_a_corner_takes_longer_the_stickier_the_actions(double sticky)
    {
        // Right is the first action, so nothing sticks yet; then "down" repeats "right" (a bump) with probability p: 1 / (1 − p) steps.
        var world = new World(["S.", "#G"], new WorldRules { Sticky = sticky });

        var plan = Plans.Of(world);

        Assert.Equal(-1 - 1 / (1 - sticky), plan.StartValue, 1e-12);
        Assert.Equal(-1, plan.Values[1], 1e-12);
        Assert.Equal(4, plan.Values.Length);
        Assert.Equal([1], plan.BestActions(0));
        Assert.Equal(plan.StartValue, PolicyEvaluation.Evaluate(plan.Mdp, StationaryPolicy.Optimal(plan), 1, Plans.Token).StartValue!.Value,
            1e-12);
        Assert.Equal(plan.StartValue, FiniteHorizon.ExpectedReturn(plan.Mdp, StationaryPolicy.Optimal(plan), 10_000, Plans.Token), 1e-12);
    }

    [Fact]
    public void A_restart_is_worth_the_expectation_over_the_starts()
    {
        // From x = 1 the goal is 1 step away, from x = 2 two; x = 0 is a cliff back to a start: −1 − (0.25·1 + 0.75·2) where it is entered.
        var world = new World([".C.S.G"],
            new WorldRules { Rewards = new Dictionary<char, double> { ['C'] = -1 }, Starts = [new(3, 0, 0.25), new(2, 0, 0.75)] });

        var plan = Plans.Of(world);

        Assert.Equal(-(0.25 * 2 + 0.75 * 3), plan.StartValue, 1e-12);
        Assert.Equal(-1 + plan.StartValue, plan.Values[0], 1e-12);
    }

    [Fact]
    public void Changing_mazes_are_planned_phase_by_phase()
    {
        double[] Steps(World world) =>
            [.. Planner.SolvePhases(world.With(world.Rules with { StepReward = -1, Rewards = new Dictionary<char, double>() }).Compile(), 1,
            Plans.Token).Select(p => -p.StartValue)];

        Assert.Equal([10, 16], Steps(Worlds.BlockingMaze()));
        Assert.Equal([16, 10], Steps(Worlds.ShortcutMaze()));
    }

    [Fact]
    public void Dyna_maze_is_worth_its_shortest_path() =>
    Assert.Equal(0.513342083279505, Plans.Of(Worlds.DynaMaze(), 0.95).StartValue, 1e-12);

    [Fact]
    public void Hasselts_world_has_its_known_values()
    {
        // 3 × 3, start bottom left, goal top right: −12 or +10 a step, and +5 for any action in the goal, which ends. State 9 is the end.
        int[] dx = [0, 1, 0, -1], dy = [-1, 0, 1, 0];
        var next = new int[10 * 4 * 2];
        var reward = new double[next.Length];
        var p = new double[next.Length];
        Array.Fill(p, 0.5);
        for (int s = 0; s < 9; s++)
        {
            for (int a = 0; a < 4; a++)
            {
                int x = s % 3 + dx[a], y = s / 3 + dy[a], i = (s * 4 + a) * 2;
                int to = s == 2 ? 9 : x is < 0 or > 2 || y is < 0 or > 2 ? s : y * 3 + x;
                (next[i], next[i + 1]) = (to, to);
                (reward[i], reward[i + 1]) = s == 2 ? (5, 5) : (-12, 10);
            }
        }

        var terminal = new bool[10];
        terminal[9] = true;

        var plan = Plans.Of(Mdp.FromArrays(10, 4, 2, next, reward, p, terminal, [new(6, 1)]), 0.95);

        double[] byDistance = [5, 3.75, 2.5625, 1.434375, 0.36265625];
        for (int s = 0; s < 9; s++)
            Assert.Equal(byDistance[2 - s % 3 + s / 3], plan.Values[s], 1e-12);
        var best = StationaryPolicy.Optimal(plan);
        Assert.Equal(0.2,
            PolicyEvaluation.Evaluate(plan.Mdp, best, 1, Plans.Token).StartValue!.Value / PolicyEvaluation.MeanLength(plan.Mdp, best,
            Plans.Token)!.Value, 1e-12);
    }

    [Fact]
    public void Left_of_example_6_7_is_worth_minus_a_tenth_and_softly_taken_one_time_in_twenty()
    {
        // A is state 0 (left to B, right to the end), B state 1; every way out of B is worth −0.1 on average.
        var mdp = Mdp.FromArrays(3, 2, 1, [1, 2, 2, 2, 2, 2], [0, 0, -0.1, -0.1, 0, 0], [1, 1, 1, 1, 1, 1], [false, false, true],
            [new(0, 1)]);

        var plan = Plans.Of(mdp);

        Assert.Equal((-0.1, 0.0), (plan.ActionValue(0, 0), plan.ActionValue(0, 1)));
        Assert.Equal(0.05, StationaryPolicy.EpsilonGreedy(plan, 0.1)[0, 0], 1e-15);
    }

    [Fact]
    public void Dyna_maze_is_crossed_in_fourteen_steps()
    {
        var plan = Plans.Of(Worlds.DynaMaze(), 0.95);

        Assert.Equal(14, PolicyEvaluation.MeanLength(plan.Mdp, StationaryPolicy.Optimal(plan), Plans.Token)!.Value, 1e-12);
    }

    [Fact]
    public void A_world_with_chance_and_the_same_world_without_agree_where_chance_changes_nothing()
    {
        var world = Worlds.DynaMaze();
        var slippery = world.With(world.Rules with { Slip = 1e-12 });

        Assert.All(Plans.Of(world, 0.95).Values.Zip(Plans.Of(slippery, 0.95).Values), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    [Fact]
    public void Planning_can_be_canceled()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.Throws<OperationCanceledException>(() => Planner.Solve(Worlds.FrozenLake8x8().Compile(), 0.99, source.Token));
    }

    [Fact]
    public void The_best_soft_policy_of_a_sticky_world_is_that_of_the_world_with_the_last_action_in_its_state()
    {
        // One step from the goal, walls else: up, right, down, left. What is chosen is executed at first; later sticks with 0.25.
        var mdp = new World(["SG"], new WorldRules { Sticky = 0.25 }).Compile();

        var plan = Planner.SolveSoft(mdp, 0.4, 1, Plans.Token);

        // Chosen right: 0.7, other: 0.3. From another's last action right is executed with 0.75 · 0.7 = 0.525.
        Assert.Equal(-(1 + 0.3 / 0.525), plan.StartValue, 1e-12);
        Assert.Equal([1], plan.BestActions(0));
    }
}
