namespace GridWorld;

/// <summary>
/// Checkpoints in memory, a few milliseconds of training apart, so that the way to any episode is short. They go to disk with the
/// next full checkpoint; a run without a file keeps them, ever further apart. Large tables have none.
/// </summary>
/// <param name="first">The run as it begins: it tells how large one is.</param>
internal sealed class Waypoints(Checkpoint first)
{
    const int Most = 512;
    const long MostBytes = 8 << 20, LargestBytes = 256 << 10;
    const double Apart = 0.008, LeastSpeed = 50_000;
    readonly Lock gate = new();
    readonly List<Checkpoint> all = [];
    long lastStep, stride = 1;
    bool isLarge = Bytes(first) > LargestBytes;

    /// <summary>Whether one is to be taken at the end of this episode.</summary>
    /// <param name="step">Steps taken.</param>
    /// <param name="stepsPerSecond">How fast they can be rerun, as far as is known.</param>
    public bool IsDue(long step, double stepsPerSecond) => !isLarge && step - lastStep >= Apart * Math.Max(stepsPerSecond, LeastSpeed) * stride;

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

    /// <summary>Hands all of them over.</summary>
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

    /// <summary>The newest that is not after an episode.</summary>
    public Checkpoint? Nearest(long episode)
    {
        lock (gate)
            return all.FindLast(c => c.Episode <= episode);
    }

    static long Bytes(Checkpoint checkpoint) => checkpoint.Sections.Sum(s => s.Bytes.LongLength);
}
