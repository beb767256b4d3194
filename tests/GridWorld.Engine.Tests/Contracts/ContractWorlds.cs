using System.Runtime.InteropServices;

namespace GridWorld.Tests;

/// <summary>A small world of every kind, and what the contract of learners compares.</summary>
static class ContractWorlds
{
    public static readonly IReadOnlyDictionary<string, World> All = new Dictionary<string, World>
    {
        ["plain"] = new(["S..", "..#", "..G"]),
        ["slippery"] = new(["S..", "..#", "..G"], new() { Slip = 0.2 }),
        ["slippery any way"] = new(["S..", "..#", "..G"], new() { Slip = 0.2, SlipKind = SlipKind.Uniform }),
        ["windy"] = new(["....", "S..G", "...."], new() { Wind = [0, 1, 1, 0] }),
        ["windy by chance"] = new(["....", "S..G", "...."], new() { Wind = [0, 1, 1, 0], WindNoise = 0.2 }),
        ["cliff"] = new(["...", "...", "SCG"], new() { Rewards = new Dictionary<char, double> { ['C'] = -5 } }),
        ["several starts"] = new(["S.S", ".#.", "S.G"]),
        ["teleport"] = new(["SA.", ".#.", "..G"], new() { Teleports = new Dictionary<char, Teleport> { ['A'] = new(1, 2, null) } }),
        ["changing"] = new(["S.G", ".#.", "..."], new() { Changes = [new(400, "S#G\n...\n...")] }),
        ["eight moves"] = new(["S..", "..#", "..G"], new() { Moves = MoveSet.Eight }),
        ["nine moves"] = new(["S..", "..#", "..G"], new() { Moves = MoveSet.Nine }),
        ["keys"] = new(["Sk", "D#", ".G"], new() { Keys = new Dictionary<char, char> { ['k'] = 'D' } }),
        ["passenger"] = new(["aS", "#b"], new() { Passenger = new("ab", -1, -1), Legend = new Dictionary<char, char> { ['a'] = 'S' } }),
        ["tables"] = World.FromJson(new World(["S..", "..#", "..G"]).ToMdpJson()),
        ["octile"] = new(["S..", "...", "..G"], new() { Moves = MoveSet.Octile }),
    };

    public static RunLoop RunLoop(World world, LearnerOptions options, ulong seed) =>
        new(new(world, options, seed, null, 200), world.Compile());

    public static EpisodeBuffer Run(this RunLoop runLoop, int episodes)
    {
        var buffer = new EpisodeBuffer(episodes);
        while (!buffer.IsFull)
            runLoop.Advance(int.MaxValue, episodes, buffer);
        return buffer;
    }

    /// <summary>Everything that going on depends on is the same; how visits are split between two counters is not part of it.</summary>
    public static void Same(RunLoop a, RunLoop b)
    {
        var (left, right) = (a.Checkpoint(0), b.Checkpoint(0));
        Assert.Equal((left.Episode, left.Step), (right.Episode, right.Step));
        foreach (var (x, y) in left.Sections.Zip(right.Sections).Where(p => !p.First.Name.StartsWith("visits", StringComparison.Ordinal)))
            Assert.True(x.Name == y.Name && x.Bytes.AsSpan().SequenceEqual(y.Bytes), $"{x.Name} differs");
        Assert.Equal(a.Loop.Visits.ToArray(), b.Loop.Visits.ToArray());
        Assert.Equal(MemoryMarshal.AsBytes(a.Loop.Values.Values).ToArray(), MemoryMarshal.AsBytes(b.Loop.Values.Values).ToArray());
    }

    /// <summary>Greedy actions that are not optimal, in the states that greedy actions lead to.</summary>
    public static List<string> Suboptimal(QTable values, Plan plan)
    {
        var mdp = plan.Mdp;
        var faults = new List<string>();
        var seen = new HashSet<int>(mdp.Starts.Select(s => s.State));
        for (var open = new Queue<int>(seen); open.TryDequeue(out int s);)
        {
            var greedy = Greedy.Of(values.Row(s));
            for (int i = 0; i < greedy.Count && !mdp.IsTerminal(s); i++)
            {
                int a = greedy.At(i);
                if (!plan.IsBest(s, a))
                    faults.Add($"In state {s} action {a} is greedy, but costs {plan.Values[s] - plan.ActionValue(s, a)}.");
                for (int k = 0; k < mdp.OutcomesPerPair; k++)
                {
                    if (mdp.Probability(s, a, k) > 0 && !mdp.Ends(s, a, k) && seen.Add(mdp.Next(s, a, k)))
                        open.Enqueue(mdp.Next(s, a, k));
                }
            }
        }

        return faults;
    }

    /// <summary>Σ p·(r + γ·v(S′)).</summary>
    public static double ActionValue(Mdp mdp, IReadOnlyList<double> values, int state, int action, double discount) =>
        Enumerable.Range(0, mdp.OutcomesPerPair)
        .Sum(k => mdp.Probability(state, action,
        k) * (mdp.Reward(state, action, k)
        + (mdp.Ends(state, action, k) ? 0 : discount * values[mdp.Next(state, action, k)])));
}
