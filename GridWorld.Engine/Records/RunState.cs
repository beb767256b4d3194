namespace GridWorld;

/// <summary>The state of a run.</summary>
public enum RunState
{
    /// <summary>The run is training.</summary>
    Training,

    /// <summary>The run is paused. Resume it with <see cref="Run.Resume()"/>.</summary>
    Paused,

    /// <summary>The run was stopped. Continue it with <see cref="Run.Continue"/>.</summary>
    Stopped,

    /// <summary>The run has completed all its episodes.</summary>
    Completed,

    /// <summary>The process of the run ended during training. The run can be resumed from its last checkpoint.</summary>
    Interrupted,

    /// <summary>Training failed. The last event contains the error message.</summary>
    Failed,
}
