namespace GridWorld;

/// <summary>The effect of a move on the episode.</summary>
internal enum MoveEnd
{
    /// <summary>The episode continues in the next state.</summary>
    None,

    /// <summary>The next state is terminal, so the episode ends.</summary>
    Terminal,

    /// <summary>The episode continues from a start state that is drawn.</summary>
    Restart,
}
