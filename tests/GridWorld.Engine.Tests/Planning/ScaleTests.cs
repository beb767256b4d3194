namespace GridWorld.Tests;

/// <summary>
/// The unit of the rewards is no one's business: whoever counts in cents finds the same ties as whoever counts in millions.
/// </summary>
public class ScaleTests
{
    const int Worlds = 40;
    static readonly int[] powers = [-12, -7, -3, -1, 1, 4, 8, 12];

    [Fact]
    public void Small_step_rewards_leave_ties_as_they_are()
    {
        var plan = Plans.Of(new World(["S..", "..G"], new WorldRules { StepReward = -1e-10 }));

        Assert.Equal([1, 2], plan.BestActions(0));
        Assert.Equal([2], plan.BestActions(2));
    }

    [Fact]
    public void On_the_lake_at_discount_one_half_up_is_not_best_where_all_values_are_small()
    {
        var plan = Plans.Of(GridWorld.Worlds.FrozenLake8x8(), 0.5);

        Assert.Equal(2.2152e-8, plan.ActionValue(0, 3), 1e-12);
        Assert.Equal(2.3105e-8, plan.Values[0], 1e-12);
        Assert.DoesNotContain(3, plan.BestActions(0));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(6)]
    public void With_large_costs_and_slip_every_state_has_a_best_action_and_the_plan_is_optimal_by_its_own_table(int size)
    {
        string[] map = [.. Enumerable.Range(0, size).Select(y => new string('.', size))];
        map[0] = "S" + map[0][1..];
        map[^1] = map[^1][1..] + "G";
        var plan = Plans.Of(new World(map, new WorldRules { StepReward = -1e7, Slip = 0.3 }));

        Assert.All(Enumerable.Range(0, size * size - 1), s => Assert.NotEmpty(plan.BestActions(s)));
        Assert.Equal(1, DistanceToOptimum.Of(plan, plan.Q.AsSpan(), Plans.Token).OptimalActionShare);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0.99)]
    [InlineData(0.5)]
    public void Scaling_all_rewards_changes_no_tie_and_no_share(double discount)
    {
        for (ulong seed = 0; seed < Worlds; seed++)
        {
            var plain = Plans.Of(Draw(seed, 1), discount);
            var other = Noise(plain.Q, seed);
            var share = DistanceToOptimum.Of(plain, other, Plans.Token).OptimalActionShare;
            foreach (int power in powers)
            {
                double scale = Math.Pow(10, power);
                var scaled = Plans.Of(Draw(seed, scale), discount);

                for (int s = 0; s < plain.Mdp.States; s++)
                    Assert.True(plain.BestActions(s).SequenceEqual(scaled.BestActions(s)),
                        $"seed {seed}, state {s}, rewards times 1e{power}: {string.Join(" ", plain.BestActions(s))} became"
                        + $" {string.Join(" ", scaled.BestActions(s))}");
                Assert.Equal(plain.Policy, scaled.Policy);
                Assert.Equal(1, DistanceToOptimum.Of(scaled, scaled.Q.AsSpan(), Plans.Token).OptimalActionShare);
                Assert.Equal(share, DistanceToOptimum.Of(scaled, other, Plans.Token).OptimalActionShare);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0.99)]
    [InlineData(0.5)]
    public void Whoever_picks_among_the_best_actions_earns_the_optimum_whatever_the_scale(double discount)
    {
        for (ulong seed = 0; seed < Worlds; seed++)
        {
            double scale = Math.Pow(10, powers[seed % 8]);
            var mdp = Draw(seed, scale).Compile();
            var plan = Plans.Of(mdp, discount);
            double[] sizes = SmallSolver.Values(mdp, (s, a) => plan.Policy[s] == a ? 1 : 0, discount, Math.Abs);

            double[] optimum = SmallSolver.Optimum(mdp, discount, [.. plan.Policy]);
            double[] picked = SmallSolver.Values(mdp,
                (s, a) => plan.BestActions(s) is { Count: > 0 } best && best.Contains(a) ? 1.0 / best.Count : 0, discount);

            for (int s = 0; s < mdp.States; s++)
            {
                Assert.Equal(optimum[s] / scale, plan.Values[s] / scale, 1e-9 * sizes[s] / scale);
                Assert.Equal(optimum[s] / scale, picked[s] / scale, 1e-8 * sizes[s] / scale);
                for (int a = 0; a < mdp.Actions && !mdp.IsTerminal(s); a++)
                {
                    double loss = optimum[s] - SmallSolver.Action(mdp, optimum, s, a, discount);
                    Assert.True(plan.IsBest(s, a) ? loss <= 1e-9 * sizes[s] : loss > 1e-11 * sizes[s],
                        $"seed {seed}, state {s}, action {a}: it loses {loss} of {sizes[s]}");
                }
            }
        }
    }

    // Steps cost, so that no policy goes round forever at discount 1; tiles may pay once, at an end.
    static World Draw(ulong seed, double scale)
    {
        var (rng, _, _) = Rng.Streams(seed + 1000);
        int width = 3 + rng.Below(4), height = 2 + rng.Below(4);
        var map = new char[width * height];
        for (int i = 0; i < map.Length; i++)
            map[i] = rng.Below(10) switch { 0 => 'H', 1 => 'C', _ => '.' };
        (map[0], map[^1]) = ('S', 'G');
        var rules = new WorldRules
        {
            Moves = rng.Below(3) switch { 0 => MoveSet.Four, 1 => MoveSet.Eight, _ => MoveSet.Nine },
            StepReward = -scale,
            Rewards = new Dictionary<char, double> { ['H'] = -20 * scale, ['C'] = -3.3 * scale, ['G'] = (rng.Below(3) - 1) * 7.7 * scale },
            Restart = "",
            Slip = rng.Below(3) * 0.15,
        };
        return new([.. map.Chunk(width).Select(row => new string(row))], rules);
    }

    static double[] Noise(IEnumerable<double> q, ulong seed)
    {
        var (rng, _, _) = Rng.Streams(seed);
        return [.. q.Select(v => v + rng.Below(3) * rng.Below(100))];
    }
}
