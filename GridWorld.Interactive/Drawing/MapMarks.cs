namespace GridWorld;

/// <summary>The marks over the colors of a map.</summary>
internal enum MapMarks
{
    /// <summary>The greedy actions, or the greedy path.</summary>
    Policy,

    /// <summary>The value of the best action.</summary>
    Values,
}
