namespace GridWorld.Tests;

/// <summary>Large worlds with chance, against a solver written once more here.</summary>
public class BackwardPassesTests
{
    // Rooms with holes in some places, none of which is next to a door.
    static World Rough(int width, int height, WorldRules rules)
    {
        string rooms = Worlds.Rooms(width, height).Text;
        var (rng, _, _) = Rng.Streams(7);
        bool IsOpen(int s) => s % width is > 0 && s % width < width - 1 && s > width && s < rooms.Length - width
            && new[] { -width - 1, -width, -width + 1, -1, 0, 1, width - 1, width, width + 1 }.All(delta => rooms[s + delta] == '.');
        var tiles = rooms.Select((tile, s) => rng.Next() >> 59 == 0 && IsOpen(s) ? 'H' : tile);
        return new([.. tiles.Chunk(width).Select(row => string.Concat(row))], rules);
    }

    static Dictionary<char, double> Rewards(double goal, double hole) => new() { ['G'] = goal, ['H'] = hole };

    public static TheoryData<string, double> Cases => new MatrixTheoryData<string, double>(Large.Keys, [0.95, 1]);

    static Dictionary<string, World> Large { get; } = new()
    {
        ["every step has a cost"] = Worlds.Empty(120, 110).With(new WorldRules { Slip = 0.2 }),
        ["walls and holes, eight moves"] = Rough(110, 120, new() { Moves = MoveSet.Eight, Slip = 0.3, Terminal = "G", }),
        ["nine moves, any of which may be executed"] = Rough(110, 100, new()
        {
            Moves = MoveSet.Nine, Slip = 0.2, SlipKind = SlipKind.Uniform, Terminal = "G", BumpReward = -2,
        }),
        ["only the goal pays"] = Rough(120, 100, new() { Slip = 0.2, StepReward = 0, Rewards = Rewards(1, 0) }),
        ["gains and costs"] = Rough(120, 100, new() { Slip = 0.2, Rewards = Rewards(500, -20) }),
        ["restarts"] = Rough(110, 100, new() { Slip = 0.1, Terminal = "G", Restart = "H", Rewards = Rewards(-1, -50) }),
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Optimum_is_that_of_plain_sweeps(string name, double discount)
    {
        var mdp = Large[name].Compile();

        var plan = Plans.Of(mdp, discount);

        int[] states = [.. Enumerable.Range(0, mdp.States).Where(s => plan.Reachable[s])];
        var expected = Sweeps(mdp, states, discount);
        double size = expected.Max(Math.Abs);
        Assert.All(states, s => Assert.Equal(expected[s], plan.Values[s], 1e-9 * size));
        Assert.True(states.Count(s => Math.Abs(expected[s]) > 1e-9) > mdp.States / 50);
        Assert.InRange(plan.Residual, 0, 1e-10 * size);
    }

    [Fact]
    public void Two_passes_at_once_are_two_passes_one_after_the_other()
    {
        var mdp = Rough(160, 150, new() { Slip = 0.2, Terminal = "GH" }).Compile();
        var model = new ExpectedModel(mdp, 0.99);
        int[] order = [.. Enumerable.Range(0, mdp.States).Where(s => !mdp.IsTerminal(s)).Reverse()];
        BackwardPasses Begin() => BackwardPasses.Of(model, order, null, [], new double[mdp.States])!;
        BackwardPasses parallel = Begin(), serial = Begin();
        serial.IsParallel = false;
        parallel.IsParallel = true;
        double[] one = new double[mdp.States], other = new double[mdp.States], plain = new double[mdp.States];

        for (int round = 0; round < 50; round++)
        {
            parallel.Twice();
            serial.Twice();
        }

        parallel.CopyTo(one);
        serial.CopyTo(other);
        for (int pass = 0; pass < 100; pass++)
        {
            foreach (int s in order)
                plain[s] = model.BestValue(s, plain, 0);
        }

        Assert.Equal(other, one);
        Assert.Equal((serial.Change, serial.Relative, serial.Size), (parallel.Change, parallel.Relative, parallel.Size));
        Assert.All(Enumerable.Range(0, mdp.States), s => Assert.Equal(plain[s], one[s], 1e-11));
    }

    // Gauss–Seidel from 0, alternately forward and backward, until nothing changes by more than rounding.
    static double[] Sweeps(Mdp mdp, int[] states, double discount)
    {
        int actions = mdp.Actions, each = mdp.OutcomesPerPair;
        var reward = new double[mdp.States * actions];
        var (next, chance, again) = (new int[reward.Length * each], new double[reward.Length * each], new double[reward.Length]);
        for (int i = 0; i < next.Length; i++)
        {
            var (s, a, k) = (i / each / actions, i / each % actions, i % each);
            if (mdp.IsTerminal(s))
                continue;
            double p = mdp.Probability(s, a, k);
            reward[i / each] += p * mdp.Reward(s, a, k);
            var end = mdp.Outcomes(mdp.Code(s, a))[k].End;
            (next[i], chance[i]) = end == MoveEnd.None ? (mdp.Next(s, a, k), discount * p) : (s, 0);
            again[i / each] += end == MoveEnd.Restart ? discount * p : 0;
        }

        var values = new double[mdp.States];
        for (int sweep = 0; sweep < 20_000; sweep++)
        {
            double change = 0, size = 0;
            for (int i = 0; i < states.Length; i++)
            {
                int s = states[sweep % 2 == 0 ? i : states.Length - 1 - i];
                if (mdp.IsTerminal(s))
                    continue;
                double best = double.NegativeInfinity;
                for (int pair = s * actions; pair < (s + 1) * actions; pair++)
                {
                    double q = reward[pair] + again[pair] * mdp.Starts.Sum(start => start.Probability * values[start.State]);
                    for (int k = pair * each; k < (pair + 1) * each; k++)
                        q += chance[k] * values[next[k]];
                    best = Math.Max(best, q);
                }

                (change, size) = (Math.Max(change, Math.Abs(best - values[s])), Math.Max(size, Math.Abs(best)));
                values[s] = best;
            }

            if (change <= 1e-14 * size)
                return values;
        }

        throw new InvalidOperationException("The sweeps do not converge.");
    }
}
