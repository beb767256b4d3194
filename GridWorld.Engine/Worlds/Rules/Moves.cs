namespace GridWorld;

/// <summary>The directions (clockwise from up, then the diagonals clockwise from up-right, then stay) and those of each move set.</summary>
internal static class Moves
{
    public const int Stay = 8;
    public static readonly int[] Dx = [0, 1, 0, -1, 1, 1, -1, -1, 0];
    public static readonly int[] Dy = [-1, 0, 1, 0, -1, 1, 1, -1, 0];
    static readonly string[] DirectionNames = ["up", "right", "down", "left", "up_right", "down_right", "down_left", "up_left", "stay"];
    static readonly string[] SetNames = ["four", "eight", "nine", "octile", "frozen-lake"];
    static readonly int[][] Directions = [[0, 1, 2, 3], [0, 1, 2, 3, 4, 5, 6, 7], [0, 1, 2, 3, 4, 5, 6, 7, 8], [0, 1, 2, 3, 4, 5, 6, 7],
        [3, 2, 1, 0]];
    static readonly IReadOnlyList<string>[] ActionNames = [
        .. Directions.Select(set => (IReadOnlyList<string>)[.. set.Select(d => DirectionNames[d])])];

    public static bool IsDiagonal(int direction) => direction is >= 4 and < Stay;

    /// <summary>The direction 90° to the left, seen along <paramref name="direction"/>; diagonals stay diagonals.</summary>
    public static int LeftOf(int direction) => direction == Stay ? Stay : (direction & 4) + (direction + 3 & 3);

    /// <summary>The direction 90° to the right.</summary>
    public static int RightOf(int direction) => direction == Stay ? Stay : (direction & 4) + (direction + 1 & 3);

    /// <summary>The direction of every action.</summary>
    public static ReadOnlySpan<int> Of(MoveSet moves) => Directions[(int)moves];

    public static IReadOnlyList<string> Names(MoveSet moves) => ActionNames[(int)moves];

    /// <summary>The direction of an action, by its name or the name of a point of the compass; −1 for none.</summary>
    public static int DirectionOf(string action) => Array.IndexOf(DirectionNames, action switch
    {
        "north" => "up", "east" => "right", "south" => "down", "west" => "left", _ => action,
    });

    public static string Name(MoveSet moves) => SetNames[(int)moves];

    public static bool IsKnown(MoveSet moves) => moves is >= MoveSet.Four and <= MoveSet.FrozenLake;

    /// <summary>The move set of a name in a world file or the option <c>--moves</c>.</summary>
    public static MoveSet Parse(string name) => TryParse(name, out var moves) ? moves : throw new InputException(Unknown(name));

    public static bool TryParse(string name, out MoveSet moves)
    {
        int index = Array.IndexOf(SetNames, name);
        moves = (MoveSet)Math.Max(index, 0);
        return index >= 0;
    }

    public static string Unknown(string name) => $"'{Printable.Text(name)}' is not a move set. Use one of {string.Join(", ", SetNames)}.";
}
