using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>The last steps of an episode, oldest first, from which a learner has not learned yet.</summary>
/// <param name="room">Number of steps for which memory is reserved; it grows if more are added.</param>
internal sealed class RecentSteps(int room = 64)
{
    Entry[] entries = new Entry[room];
    int first, end;

    public int Count => end - first;

    public ReadOnlySpan<Entry> Steps => entries.AsSpan(first, Count);

    /// <param name="t">The step.</param>
    /// <param name="learningRate">The learning rate of the step.</param>
    /// <param name="isFirst">Whether the episode has no earlier step of the pair, for a learner that needs to know.</param>
    public void Add(in Transition t, double learningRate, bool isFirst = false)
    {
        if (end == entries.Length)
            MakeRoom();
        entries[end++] = new(t.Pair, isFirst, t.Reward, t.Discount, learningRate);
    }

    public void DropOldest() => first++;

    public void Clear() => (first, end) = (0, 0);

    // Half of the room is free afterward, so a step rarely pays for the copy.
    [MethodImpl(MethodImplOptions.NoInlining)]
    void MakeRoom()
    {
        var kept = entries.AsSpan(first..end);
        if (kept.Length > entries.Length / 2)
            entries = new Entry[2 * entries.Length];
        kept.CopyTo(entries);
        (first, end) = (0, kept.Length);
    }

    public readonly record struct Entry(int Pair, bool IsFirst, double Reward, double Discount, double LearningRate);
}
