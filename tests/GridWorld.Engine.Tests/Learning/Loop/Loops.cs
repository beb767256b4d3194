namespace GridWorld.Tests;

/// <summary>Training loops and small processes for tests.</summary>
static class Loops
{
    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TrainingLoop Of(Mdp mdp, LearnerOptions options, ulong seed = 1, int? stepLimit = null)
    {
        var loop = LoopBuilder.Build(mdp, options, stepLimit ?? mdp.StepLimit, Rng.Streams(seed));
        loop.Apply(new(options));
        return loop;
    }

    public static TrainingLoop Of(World world, LearnerOptions options, ulong seed = 1) => Of(world.Compile(), options, seed);

    public static EpisodeBuffer Run(this TrainingLoop loop, int episodes)
    {
        var buffer = new EpisodeBuffer(episodes);
        while (!buffer.IsFull && !loop.IsNonFinite)
            loop.Advance(int.MaxValue, episodes, buffer);
        return buffer;
    }

    /// <summary>States 0, 1, … in a row, one action, the last state terminal; the i-th step gives the i-th reward.</summary>
    public static Mdp Chain(params double[] rewards)
    {
        int states = rewards.Length + 1;
        int[] next = [.. Enumerable.Range(1, rewards.Length), rewards.Length];
        return Mdp.FromArrays(states, 1, 1, next, [.. rewards, 0], [.. Enumerable.Repeat(1.0, states)],
            [.. Enumerable.Range(0, states).Select(s => s == states - 1)], [new(0, 1)]);
    }

    /// <summary>A random walk over states 1 … n with an end on either side: 0 and n + 1.</summary>
    public static Mdp Walk(int n, double left, double right)
    {
        var (next, reward, terminal) = (new int[2 * (n + 2)], new double[2 * (n + 2)], new bool[n + 2]);
        for (int s = 1; s <= n; s++)
            (next[2 * s], next[2 * s + 1]) = (s - 1, s + 1);
        next[2 * n + 2] = next[2 * n + 3] = n + 1;
        (reward[2], reward[2 * n + 1]) = (left, right);
        terminal[0] = terminal[n + 1] = true;
        return Mdp.FromArrays(n + 2, 1, 2, next, reward, [.. Enumerable.Repeat(0.5, next.Length)], terminal, [new((n + 1) / 2, 1)]);
    }

    /// <summary>Writes values into a learner's table before it learns.</summary>
    public static TrainingLoop With(this TrainingLoop loop, params double[] q)
    {
        q.CopyTo(loop.Values.Values);
        return loop;
    }
}
