using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>The last steps of an episode, oldest first, from which a learner has not learned yet.</summary>
internal sealed unsafe class RecentSteps
{
    PinnedArray<Entry> entries;
    int room = 64, first, end;

    public RecentSteps() => entries = new(room);

    public int Count => end - first;

    public ReadOnlySpan<Entry> Steps => new(entries.First + first, Count);

    /// <param name="t">The step.</param>
    /// <param name="learningRate">The learning rate of the step.</param>
    /// <param name="isFirst">Whether the episode has no earlier step of the pair, for a learner that needs to know.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in Transition t, double learningRate, bool isFirst = false)
    {
        if (end == room)
            MakeRoom();
        entries.First[end++] = new(t.Pair, isFirst, t.Reward, t.Discount, learningRate);
    }

    public void DropOldest() => first++;

    public void Clear() => (first, end) = (0, 0);

    // Half of the room is free afterward, so a step rarely pays for the copy.
    [MethodImpl(MethodImplOptions.NoInlining)]
    void MakeRoom()
    {
        var kept = entries.Span[first..end];
        if (kept.Length > room / 2)
            entries = new(room *= 2);
        kept.CopyTo(entries.Span);
        (first, end) = (0, kept.Length);
    }

    public readonly record struct Entry(int Pair, bool IsFirst, double Reward, double Discount, double LearningRate);
}
