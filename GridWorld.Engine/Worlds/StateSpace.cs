namespace GridWorld;

/// <summary>A cell of a map.</summary>
/// <param name="X">Column, from 0 at the left.</param>
/// <param name="Y">Row, from 0 at the top.</param>
public readonly record struct Cell(int X, int Y);

/// <summary>
/// The only code that numbers states: state = mode × cells + cell, with cells counted row by row. A mode is the part of a state that is
/// not its cell, such as a key or a passenger. No rule needs one yet.
/// </summary>
internal readonly record struct StateSpace(int Width, int Height, int Modes = 1)
{
    public int Cells => Width * Height;

    public int States => Cells * Modes;

    /// <summary>The index of a state's cell in the map text.</summary>
    public int IndexOf(int state) => Modes == 1 ? state : state % Cells;

    public Cell CellOf(int state) => new(IndexOf(state) % Width, IndexOf(state) / Width);

    public int StateAt(int x, int y, int mode = 0) => mode * Cells + y * Width + x;

    public bool Contains(int x, int y) => x >= 0 && x < Width && y >= 0 && y < Height;
}
