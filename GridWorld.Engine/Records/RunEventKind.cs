namespace GridWorld;

/// <summary>The kinds of events.</summary>
public enum RunEventKind
{
    /// <summary>A kind that this version does not know; <see cref="RunEvent.Word"/> names it.</summary>
    Unknown,

    /// <summary>The run was started.</summary>
    RunStarted,

    /// <summary>The run was forked from another run, with which it shares everything up to this episode.</summary>
    Forked,

    /// <summary>A hyperparameter was changed.</summary>
    ParamChange,

    /// <summary>The reward of entering a cell was changed.</summary>
    RewardChange,

    /// <summary>A named checkpoint was taken.</summary>
    Checkpoint,

    /// <summary>Training was paused.</summary>
    Paused,

    /// <summary>Training was resumed after a pause.</summary>
    Resumed,

    /// <summary>Training was stopped.</summary>
    Stopped,

    /// <summary>The target was raised. The new value is the number of episodes.</summary>
    Continued,

    /// <summary>All episodes were completed.</summary>
    Completed,

    /// <summary>Training failed.</summary>
    TrainingError,

    /// <summary>The run file cannot be written. Training continues in memory, and every checkpoint retries the write.</summary>
    StoreError,

    /// <summary>The run file can be written again and contains everything that was missing.</summary>
    StoreRecovered,

    /// <summary>
    /// A change or a named checkpoint was dropped, because the run was resumed from an earlier checkpoint. The message describes it.
    /// </summary>
    Dropped,

    /// <summary>The process ended during training.</summary>
    RunInterrupted,

    /// <summary>The run was resumed from a checkpoint.</summary>
    RunResumed,
}
