namespace GridWorld;

/// <summary>
/// The newest episodes, which a diagnosis judges. Their number grows with the run, from 128 to between an eighth and a quarter of it.
/// A stretch advances by half its length at a time, so that a diagnosis depends only on the run's episodes and not on when it is read.
/// </summary>
/// <param name="End">The last episode, a multiple of <see cref="Length"/> / 2.</param>
/// <param name="Block">Episodes per block: a power of 2, the size of the buckets that a history keeps.</param>
internal readonly record struct Stretch(long End, long Block)
{
    public const int Blocks = 16;
    const int LeastBlock = 8;

    public long Length => Blocks * Block;

    public long Start => End - Length + 1;

    /// <summary>The newest stretch at an episode; null before the first one.</summary>
    public static Stretch? At(long episode)
    {
        if (episode < Blocks * LeastBlock)
            return null;
        long block = Math.Max(LeastBlock, 1L << (63 - 6 - (int)long.LeadingZeroCount(episode)));
        return new(episode / (Blocks / 2 * block) * (Blocks / 2 * block), block);
    }

    /// <summary>
    /// The newest decision at an episode: a stretch confirms a statement, rejects it, or leaves it as it was. Stretches from the first
    /// half of the run do not count. The thresholds to confirm and to reject are far apart, so that the answer does not flicker.
    /// </summary>
    public static bool Holds(long episode, Func<Stretch, bool?> verdict)
    {
        for (var stretch = At(episode); stretch is { } s && 2 * s.End > episode; stretch = At(s.End - 1))
        {
            if (verdict(s) is { } decided)
                return decided;
        }

        return false;
    }
}
