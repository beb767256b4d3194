namespace GridWorld;

/// <summary>A cell of a map.</summary>
/// <param name="X">Its column, from 0 at the left.</param>
/// <param name="Y">Its row, from 0 at the top.</param>
public readonly record struct Cell(int X, int Y);

/// <summary>
/// How states are numbered, the one place that knows: state = mode × cells + cell, cells row by row. A mode is what a state remembers
/// besides its cell: a key, a passenger. No rule needs one yet.
/// </summary>
internal readonly record struct StateSpace(int Width, int Height, int Modes = 1)
{
    public int Cells => Width * Height;

    public int States => Cells * Modes;

    /// <summary>The place of a state's cell in the map's text.</summary>
    public int IndexOf(int state) => Modes == 1 ? state : state % Cells;

    public Cell CellOf(int state) => new(IndexOf(state) % Width, IndexOf(state) / Width);

    public int StateAt(int x, int y, int mode = 0) => mode * Cells + y * Width + x;

    public bool Contains(int x, int y) => x >= 0 && x < Width && y >= 0 && y < Height;
}
