namespace GridWorld;

/// <summary>Everything that going on bit for bit needs, as it was between two episodes.</summary>
/// <param name="Episode">Episodes that had ended.</param>
/// <param name="Step">Steps that had been taken.</param>
/// <param name="LastEventSeq">The number of the last event that had taken effect or was already known.</param>
/// <param name="Sections">Tables, counts, random state and counters.</param>
/// <param name="Name">The name given by hand; null for an automatic checkpoint.</param>
internal sealed record Checkpoint(long Episode, long Step, long LastEventSeq, IReadOnlyList<StateSection> Sections, string? Name = null)
{
    /// <summary>When it was taken; null where it is written as it is taken.</summary>
    public DateTimeOffset? Taken { get; init; }
}

/// <summary>A checkpoint in a list.</summary>
/// <param name="Episode">The episode after which it was taken.</param>
/// <param name="Step">Steps that had been taken.</param>
/// <param name="Name">The name given by hand; null for an automatic one.</param>
/// <param name="Timestamp">When it was taken.</param>
public sealed record CheckpointInfo(long Episode, long Step, string? Name, DateTimeOffset Timestamp);
