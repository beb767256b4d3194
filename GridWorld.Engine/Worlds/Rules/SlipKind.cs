namespace GridWorld;

/// <summary>The directions of a slip.</summary>
public enum SlipKind
{
    /// <summary>90° to the left or right of the chosen direction, each with half the probability.</summary>
    Perpendicular,

    /// <summary>Any action, including the chosen one, with equal probability.</summary>
    Uniform,
}
