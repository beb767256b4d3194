namespace GridWorld;

/// <summary>A change of one cell of a world.</summary>
/// <param name="X">Column of the cell, from 0 on the left.</param>
/// <param name="Y">Row of the cell, from 0 at the top.</param>
/// <param name="Tile">The new tile.</param>
public readonly record struct CellChange(int X, int Y, char Tile);
