namespace GridWorld;

/// <summary>The complete state between two episodes, from which training continues bit for bit.</summary>
/// <param name="Episode">Number of episodes that had ended.</param>
/// <param name="Step">Number of steps taken.</param>
/// <param name="LastEventSeq">Number of the last event that was known.</param>
/// <param name="Sections">Tables, counts, random state and counters.</param>
/// <param name="Name">Name of the checkpoint; null for an automatic one.</param>
internal sealed record Checkpoint(long Episode, long Step, long LastEventSeq, IReadOnlyList<StateSection> Sections, string? Name = null)
{
    /// <summary>The time at which it was taken; null if it is written at once.</summary>
    public DateTimeOffset? Taken { get; init; }
}
