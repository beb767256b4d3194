namespace GridWorld;

/// <summary>Consecutive episodes to be replayed, from the one after <see cref="After"/>.</summary>
internal sealed class ReplayPart(RunLoop runLoop, long last, IReadOnlyList<RunEvent> events)
{
    /// <summary>The number of episodes that had ended before the part.</summary>
    public long After { get; } = runLoop.Loop.Episodes;

    /// <summary>The last episode of the part.</summary>
    public long Last => last;

    public TrainingLoop Loop => runLoop.Loop;

    /// <summary>Replays the part and calls an action after each episode.</summary>
    public void Replay(Action ended, CancellationToken cancellationToken) =>
        runLoop.AdvanceTo(last, events, cancellationToken, ended);
}
