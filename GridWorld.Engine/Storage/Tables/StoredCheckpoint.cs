namespace GridWorld;

/// <summary>The row of a checkpoint in a run file.</summary>
internal sealed record StoredCheckpoint(long Id, long Episode, long Step, long LastEventSeq, string? Name, DateTimeOffset Timestamp,
    long Bytes, byte[] Digest)
{
    public CheckpointInfo Info => new(Episode, Step, Name, Timestamp);

    /// <summary>Checkpoints for a list, without automatic ones of an episode that has a named one.</summary>
    public static IReadOnlyList<CheckpointInfo> Listed(IReadOnlyList<StoredCheckpoint> checkpoints)
    {
        var named = checkpoints.Where(c => c.Name is not null).Select(c => c.Episode).ToHashSet();
        return [.. checkpoints.Where(c => c.Name is not null || !named.Contains(c.Episode)).Select(c => c.Info)];
    }
}
