namespace GridWorld;

/// <summary>The side of a cell that a fence closes.</summary>
public enum FenceSide
{
    /// <summary>Between the cell and the one to its right.</summary>
    Right,

    /// <summary>Between the cell and the one below it.</summary>
    Down,
}
