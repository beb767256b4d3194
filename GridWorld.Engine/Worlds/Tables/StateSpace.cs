namespace GridWorld;

/// <summary>
/// The only code that numbers states. A place is mode × cells + cell, with cells counted row by row. A mode is the part of a state that is
/// not its cell, such as a key or a passenger. In a grid, every place is a state and has its number. The states of a transition table have
/// the numbers of the table. Several of them in the same cell are in different modes, and a place can be empty.
/// </summary>
internal readonly record struct StateSpace(int Width, int Height, int Modes = 1)
{
    // A longer row would be too thin to draw.
    const int LongestRow = 20;

    // A page gets the places of all states at once, if they are not the numbers of the states.
    const int MostPlaced = 1 << 14;

    /// <summary>The place of each state; null if it has the number of the state.</summary>
    public int[]? Places { get; private init; }

    /// <summary>The state of each place, −1 for none; null if it has the number of the place.</summary>
    int[]? Occupants { get; init; }

    public int Cells => Width * Height;

    public int States { get; private init; } = Width * Height * Modes;

    /// <summary>Whether the cells of the states mean nothing.</summary>
    public bool IsList { get; private init; }

    /// <summary>The map text has one character per cell; that of a transition table has one per state.</summary>
    bool IsTable { get; init; }

    /// <summary>The space of a table whose states have no positions: a row of cells, or a block.</summary>
    public static StateSpace Of(int states)
    {
        int width = states <= LongestRow ? states : (int)Math.Ceiling(Math.Sqrt(states));
        return new(width, (states + width - 1) / width) { States = states, IsTable = true, IsList = true };
    }

    /// <summary>
    /// The space of a table whose states have positions. States in the same cell get modes in the order of their numbers. Positions that
    /// are not those of a grid are used for at most 2¹⁴ states.
    /// </summary>
    public static StateSpace Of(IReadOnlyList<Cell> positions)
    {
        var (width, height, modes) = Extent(positions);
        var (places, occupants, used) = (new int[positions.Count], new int[width * height * modes], new int[width * height]);
        Array.Fill(occupants, -1);
        for (int state = 0; state < places.Length; state++)
        {
            int cell = positions[state].Y * width + positions[state].X;
            places[state] = used[cell]++ * used.Length + cell;
            occupants[places[state]] = state;
        }

        bool isPlain = occupants.Length == places.Length && places.SequenceEqual(Enumerable.Range(0, places.Length));
        return isPlain ? new(width, height, modes) { IsTable = true }
            : places.Length > MostPlaced ? Of(places.Length)
            : new(width, height, modes) { Places = places, Occupants = occupants, States = places.Length, IsTable = true };
    }

    /// <summary>The size of the map that positions need, and the most states in one cell.</summary>
    public static (int Width, int Height, int Modes) Extent(IReadOnlyList<Cell> positions) =>
        (positions.Max(p => p.X) + 1, positions.Max(p => p.Y) + 1, positions.CountBy(p => p).Max(p => p.Value));

    /// <summary>The index of a state's character in the map text.</summary>
    public int IndexOf(int state) => IsTable || Modes == 1 ? state : state % Cells;

    public int PlaceOf(int state) => Places is null ? state : Places[state];

    /// <summary>The state of a place; −1 if there is none.</summary>
    public int StateOf(int place) => Occupants is not null ? Occupants[place] : place < States ? place : -1;

    public int ModeOf(int state) => PlaceOf(state) / Cells;

    public Cell CellOf(int state) => new(PlaceOf(state) % Cells % Width, PlaceOf(state) % Cells / Width);

    /// <summary>The state in a cell and mode; −1 if there is none.</summary>
    public int StateAt(int x, int y, int mode = 0) => StateOf(mode * Cells + y * Width + x);

    /// <summary>The states of one mode, row by row; −1 in empty places.</summary>
    public IEnumerable<int> StatesOf(int mode)
    {
        var space = this;
        return Enumerable.Range(mode * Cells, Cells).Select(space.StateOf);
    }

    /// <summary>The coordinates of the cells, for messages.</summary>
    public string Range => $"x must be between 0 and {Width - 1}, y between 0 and {Height - 1}";

    public bool Contains(int x, int y) => x >= 0 && x < Width && y >= 0 && y < Height;
}
