namespace GridWorld;

/// <summary>A fence between a cell and a neighbor.</summary>
/// <param name="X">Column of the cell, from 0.</param>
/// <param name="Y">Row of the cell, from 0 at the top.</param>
/// <param name="Side">The side of the cell.</param>
public readonly record struct Fence(int X, int Y, FenceSide Side);
