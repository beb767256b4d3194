namespace GridWorld;

/// <summary>
/// The newest episodes that a judgment looks at. Their number grows with the run, from 128 to between an eighth and a quarter of it, and
/// they advance in jumps of half their length, so that what is said of a run depends on its episodes alone and not on who looks when.
/// </summary>
/// <param name="End">The last episode, a multiple of <see cref="Length"/> / 2.</param>
/// <param name="Block">Episodes of a block: a power of 2, the size of the buckets that a history has at hand.</param>
internal readonly record struct Stretch(long End, long Block)
{
    public const int Blocks = 16;
    const int LeastBlock = 8;

    public long Length => Blocks * Block;

    public long Start => End - Length + 1;

    /// <summary>The newest one at an episode; null before there is one.</summary>
    public static Stretch? At(long episode)
    {
        if (episode < Blocks * LeastBlock)
            return null;
        long block = Math.Max(LeastBlock, 1L << (63 - 6 - (int)long.LeadingZeroCount(episode)));
        return new(episode / (Blocks / 2 * block) * (Blocks / 2 * block), block);
    }

    /// <summary>
    /// The newest decision at an episode: a stretch speaks for a statement, against it, or leaves it as it was. No stretch from the first
    /// half of the run is asked. That for and against are far apart keeps the answer from changing back and forth.
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
