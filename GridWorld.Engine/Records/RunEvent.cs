namespace GridWorld;

/// <summary>An event of a run. Events are numbered without gaps, survive a resume and make the run repeatable.</summary>
/// <param name="Seq">Number of the event in the run, from 1.</param>
/// <param name="SessionId">The id of the run.</param>
/// <param name="Episode">Episode after which the event takes effect; 0 before the first.</param>
/// <param name="Event">Kind of the event, one of <see cref="RunEvents"/>.</param>
/// <param name="Timestamp">Time of the event.</param>
/// <param name="Param">The changed hyperparameter, in snake_case; null for other events.</param>
/// <param name="OldValue">The value before a change, as JSON: a number, or an object for a schedule.</param>
/// <param name="NewValue">The value after a change, as JSON.</param>
/// <param name="Message">The name of a checkpoint or the text of an error.</param>
public sealed record RunEvent(long Seq, string SessionId, long Episode, string Event, DateTimeOffset Timestamp,
    string? Param = null, string? OldValue = null, string? NewValue = null, string? Message = null);

/// <summary>The kinds of events.</summary>
public static class RunEvents
{
    /// <summary>The run was started.</summary>
    public const string Started = "run_started";

    /// <summary>The run was forked from another run, with which it shares everything up to this episode.</summary>
    public const string Forked = "forked";

    /// <summary>A hyperparameter was changed.</summary>
    public const string ParamChange = "param_change";

    /// <summary>A named checkpoint was taken.</summary>
    public const string Checkpoint = "checkpoint";

    /// <summary>Training was paused.</summary>
    public const string Paused = "paused";

    /// <summary>Training was resumed after a pause.</summary>
    public const string Resumed = "resumed";

    /// <summary>Training was stopped.</summary>
    public const string Stopped = "stopped";

    /// <summary>The target was raised. The new value is the number of episodes.</summary>
    public const string Continued = "continued";

    /// <summary>All episodes were completed.</summary>
    public const string Completed = "completed";

    /// <summary>Training failed.</summary>
    public const string TrainingError = "training_error";

    /// <summary>The run file cannot be written. Training continues in memory, and every checkpoint retries the write.</summary>
    public const string StoreError = "store_error";

    /// <summary>The run file can be written again and contains everything that was missing.</summary>
    public const string StoreRecovered = "store_recovered";

    /// <summary>
    /// A change or a named checkpoint was dropped, because the run was resumed from an earlier checkpoint. The message describes it.
    /// </summary>
    public const string Dropped = "dropped";

    /// <summary>The process ended during training.</summary>
    public const string Interrupted = "run_interrupted";

    /// <summary>The run was resumed from a checkpoint.</summary>
    public const string TakenUp = "run_resumed";
}
