namespace GridWorld;

/// <summary>
/// Checkpoints in memory, a few milliseconds of training apart, so that the replay of any episode is short. They are written to disk with
/// the next full checkpoint; a run without a file keeps them, at increasing distances. Runs with large tables have none.
/// </summary>
/// <param name="first">The checkpoint at the beginning of the run, which shows the size of a checkpoint.</param>
internal sealed class MemoryCheckpoints(Checkpoint first)
{
    const int Most = 512;
    const long MostBytes = 8 << 20, LargestBytes = 256 << 10;
    const double Apart = 0.008, LeastSpeed = 50_000;
    readonly Lock gate = new();
    readonly List<Checkpoint> all = [];
    long lastStep, stride = 1;
    bool isLarge = Bytes(first) > LargestBytes;

    /// <summary>Whether a checkpoint is due at the end of this episode.</summary>
    /// <param name="step">Number of steps taken.</param>
    /// <param name="stepsPerSecond">The known speed of a replay.</param>
    public bool IsDue(long step, double stepsPerSecond) =>
        !isLarge && step - lastStep >= Apart * Math.Max(stepsPerSecond, LeastSpeed) * stride;

    public void Add(Checkpoint checkpoint)
    {
        long bytes = Bytes(checkpoint);
        lastStep = checkpoint.Step;
        if (isLarge = bytes > LargestBytes)
            return;
        lock (gate)
        {
            all.Add(checkpoint);
            if (all.Count <= Most && all.Count * bytes <= MostBytes)
                return;
            stride *= 2;
            for (int i = all.Count - 2; i >= 0; i -= 2)
                all.RemoveAt(i);
        }
    }

    /// <summary>Returns all checkpoints and removes them.</summary>
    public IReadOnlyList<Checkpoint> Take()
    {
        lock (gate)
        {
            Checkpoint[] taken = [.. all];
            all.Clear();
            stride = 1;
            return taken;
        }
    }

    /// <summary>The newest checkpoint that is not after an episode.</summary>
    public Checkpoint? Nearest(long episode)
    {
        lock (gate)
            return all.FindLast(c => c.Episode <= episode);
    }

    static long Bytes(Checkpoint checkpoint) => checkpoint.Sections.Sum(s => s.Bytes.LongLength);
}
