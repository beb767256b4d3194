namespace GridWorld.Cli;

/// <summary>The result of one seed.</summary>
internal sealed record BenchResult(long Steps, long Episodes, double TotalReturn, double StepsPerSecond, double Checksum, string? Error)
{
    /// <summary>The longest time that training paused for a checkpoint.</summary>
    public TimeSpan CheckpointPause { get; init; }

    /// <summary>Number of frames that the live view drew; null without a live view.</summary>
    public long? Frames { get; init; }

    public static BenchResult Of(Run run)
    {
        var status = run.Status();
        return new(status.Steps, status.Episodes, run.TotalReturn, status.StepsPerSecond,
            RunStatus.Checksum(run.Agent().Q.AsSpan()), status.Message)
        {
            CheckpointPause = run.LongestCheckpointPause,
        };
    }
}
