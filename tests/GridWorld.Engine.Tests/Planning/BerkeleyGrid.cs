namespace GridWorld.Tests;

/// <summary>
/// Berkeley's grids as their project describes them, sharing nothing with the engine: a number in a cell is left by one action, which
/// pays it and ends; elsewhere a move goes astray to either side with half the noise each, and a blocked one stays.
/// </summary>
sealed class BerkeleyGrid
{
    static readonly (int X, int Y)[] Moves = [(0, -1), (1, 0), (0, 1), (-1, 0)];
    readonly string[] rows;
    readonly double cliff;

    public BerkeleyGrid(string layout)
    {
        rows = layout.Split('|');
        cliff = layout.Contains('+') ? -1 : rows.Length == 5 ? -10 : -100;
        States = [.. Enumerable.Range(0, rows.Length * rows[0].Length).Where(s => Cell(s) != '#')];
    }

    public int[] States { get; }

    char Cell(int state) => rows[state / rows[0].Length][state % rows[0].Length];

    double? Exit(int state) => Cell(state) switch { '+' or '1' => 1, 'X' => 10, '-' => cliff, _ => null };

    public double[] ValuesAfter(int passes, double noise, double discount, double living = 0)
    {
        var values = new double[rows.Length * rows[0].Length];
        for (int k = 0; k < passes; k++)
        {
            var next = new double[values.Length];
            foreach (int s in States)
                next[s] = Exit(s) ?? Enumerable.Range(0, 4).Max(a => Q(s, a, values, noise, discount, living));
            values = next;
        }

        return values;
    }

    /// <summary>The best move of a state, in the order up, right, down, left, by values after many passes.</summary>
    public int Best(int state, double noise, double discount, double living = 0)
    {
        var values = ValuesAfter(2000, noise, discount, living);
        return Enumerable.Range(0, 4).MaxBy(a => Q(state, a, values, noise, discount, living));
    }

    double Q(int state, int action, double[] values, double noise, double discount, double living) =>
        living + discount * ((1 - noise) * values[Go(state, action)] + noise / 2 * values[Go(state, (action + 1) % 4)]
        + noise / 2 * values[Go(state, (action + 3) % 4)]);

    int Go(int state, int action)
    {
        int width = rows[0].Length, x = state % width + Moves[action].X, y = state / width + Moves[action].Y;
        return x < 0 || y < 0 || x >= width || y >= rows.Length || rows[y][x] == '#' ? state : y * width + x;
    }
}
