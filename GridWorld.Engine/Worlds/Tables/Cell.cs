namespace GridWorld;

/// <summary>A cell of a map.</summary>
/// <param name="X">Column, from 0 at the left.</param>
/// <param name="Y">Row, from 0 at the top.</param>
public readonly record struct Cell(int X, int Y);
