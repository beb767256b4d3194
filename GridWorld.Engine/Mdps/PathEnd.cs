namespace GridWorld;

/// <summary>The end of a greedy path.</summary>
internal enum PathEnd
{
    /// <summary>The path reaches the end of an episode.</summary>
    Terminal,

    /// <summary>The path returns to a state that it has left, so it never ends.</summary>
    Loop,

    /// <summary>The path leads back to a start.</summary>
    Restart,

    /// <summary>The path reaches a state of which nothing is known, or it is too long.</summary>
    Open,
}
