namespace GridWorld;

/// <summary>What a run is doing.</summary>
public enum RunState
{
    /// <summary>It trains.</summary>
    Training,

    /// <summary>It waits for <see cref="Run.Resume()"/>.</summary>
    Paused,

    /// <summary>It was stopped; <see cref="Run.Continue"/> continues.</summary>
    Stopped,

    /// <summary>It has run all its episodes.</summary>
    Completed,

    /// <summary>Its process ended while it trained; it can be resumed from its last checkpoint.</summary>
    Interrupted,

    /// <summary>It met an error; the last event says which.</summary>
    Failed,
}
