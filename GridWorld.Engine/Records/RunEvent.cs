namespace GridWorld;

/// <summary>Something that happened to a run. Events are numbered without gaps, survive a resume, and make the run repeatable.</summary>
/// <param name="Seq">Its number in the run, from 1.</param>
/// <param name="SessionId">The run's id.</param>
/// <param name="Episode">The episode after which it takes effect; 0 before the first.</param>
/// <param name="Event">What happened, one of <see cref="RunEvents"/>.</param>
/// <param name="Timestamp">When.</param>
/// <param name="Param">For a change: the hyperparameter, in snake_case.</param>
/// <param name="OldValue">For a change: the value before, as JSON (a number, or a schedule's object).</param>
/// <param name="NewValue">For a change: the value from then on, as JSON.</param>
/// <param name="Message">For people: a checkpoint's name, an error's text.</param>
public sealed record RunEvent(long Seq, string SessionId, long Episode, string Event, DateTimeOffset Timestamp,
    string? Param = null, string? OldValue = null, string? NewValue = null, string? Message = null);

/// <summary>The kinds of events.</summary>
public static class RunEvents
{
    /// <summary>The run began.</summary>
    public const string Started = "run_started";

    /// <summary>The run was forked from another, whose course it shares up to here.</summary>
    public const string Forked = "forked";

    /// <summary>A hyperparameter was changed.</summary>
    public const string ParamChange = "param_change";

    /// <summary>A named checkpoint was taken.</summary>
    public const string Checkpoint = "checkpoint";

    /// <summary>Training was paused.</summary>
    public const string Paused = "paused";

    /// <summary>Training continued after a pause.</summary>
    public const string Resumed = "resumed";

    /// <summary>Training was stopped.</summary>
    public const string Stopped = "stopped";

    /// <summary>The target was raised; the new value is the number of episodes.</summary>
    public const string Continued = "continued";

    /// <summary>All episodes were run.</summary>
    public const string Completed = "completed";

    /// <summary>Training failed.</summary>
    public const string TrainingError = "training_error";

    /// <summary>The store cannot be written; training continues in memory, and the store tries again at every checkpoint.</summary>
    public const string StoreError = "store_error";

    /// <summary>The store can be written again, and holds all that was missing.</summary>
    public const string StoreRecovered = "store_recovered";

    /// <summary>A change or a named checkpoint that no longer holds: the run was taken back to a checkpoint before it. The message says what it was.</summary>
    public const string Dropped = "dropped";

    /// <summary>The process ended while the run trained.</summary>
    public const string Interrupted = "run_interrupted";

    /// <summary>The run was resumed from a checkpoint.</summary>
    public const string TakenUp = "run_resumed";
}
