namespace GridWorld;

/// <summary>The state of a trial, or of one of its seeds.</summary>
public enum TrialState
{
    /// <summary>It has not begun.</summary>
    Waiting,

    /// <summary>It has begun and not ended.</summary>
    Running,

    /// <summary>It has completed all its episodes.</summary>
    Done,

    /// <summary>The pruner ended it before its last episode.</summary>
    Pruned,

    /// <summary>Its training failed.</summary>
    Failed,
}
