using System.Collections.Immutable;

namespace GridWorld;

/// <summary>Values and policy of an agent or of an exact plan, as colors and actions.</summary>
internal sealed class ValueMap
{
    readonly ImmutableArray<double> q;
    readonly ImmutableArray<double>? planned;
    readonly Func<int, bool> isKnown;
    readonly Func<Mdp> mdp;

    /// <param name="world">The world.</param>
    /// <param name="q">Action values, state × actions + action.</param>
    /// <param name="isKnown">Whether there is a value to show for a state.</param>
    /// <param name="mdp">Gets the world's tables; called only to follow the policy.</param>
    /// <param name="planned">A planner's values of the states; null for the greatest action values.</param>
    /// <param name="range">The range of the color scale; null for that of the values.</param>
    public ValueMap(World world, ImmutableArray<double> q, Func<int, bool> isKnown, Func<Mdp> mdp,
        ImmutableArray<double>? planned = null, ValueRange? range = null)
    {
        (World, this.q, this.isKnown, this.mdp, this.planned) = (world, q, isKnown, mdp, planned);
        Mode = world.ModeOf(world.Starts[0].State);
        States = [.. world.Space.StatesOf(Mode).Where(s => s >= 0)];
        double[] values = [.. States.Where(IsKnown).Select(Value)];
        if (values.Length > 0)
            Range = range ?? ValueRange.Robust(values);
    }

    public World World { get; }

    /// <summary>What the values are, for the color scale.</summary>
    public string Meaning { get; init; } = "discounted value of the best action";

    /// <summary>The mode whose map is drawn: that of the first start.</summary>
    public int Mode { get; }

    /// <summary>The states of the map that is drawn.</summary>
    public IReadOnlyList<int> States { get; }

    /// <summary>The range of the color scale and of all values; null if there is no value to show.</summary>
    public ValueRange? Range { get; }

    /// <summary>Creates a map of the agent's learned values in the visited states.</summary>
    /// <param name="view">The run.</param>
    /// <param name="range">The range of the color scale; null for that of the values.</param>
    public static ValueMap Of(RunView view, ValueRange? range = null)
    {
        var agent = view.Agent();
        return new(view.World, agent.Q, s => agent.HasVisited(s, view.World.Actions), () => agent.Tables,
            agent.Planned?.Values, range);
    }

    /// <summary>Creates a map of a world without values.</summary>
    public static ValueMap Empty(World world) => new(world, [], _ => false, world.Compile);

    /// <summary>Whether a state has a finite value to show.</summary>
    public bool IsKnown(int state) => !World.IsWall(state) && isKnown(state) && double.IsFinite(Value(state));

    public Greedy Best(int state) => Greedy.Of(q.AsSpan(state * World.Actions, World.Actions));

    public double Value(int state) => planned?[state] ?? Best(state).Value;

    public Color ColorOf(int state) =>
        World.IsWall(state) ? Color.Wall
        : !IsKnown(state) ? Color.Unvisited
        : Color.Cividis(Range!.Value.Share(Value(state)));

    /// <summary>Whether a state's value is outside the color scale.</summary>
    public bool IsBeyond(int state) =>
        Range is { IsCut: true } range && IsKnown(state) && (Value(state) < range.Low || Value(state) > range.High);

    /// <summary>The map as a grid of colors of limited size. In a larger world, each color is the mean of several cells.</summary>
    public (int Columns, int Rows, Color[] Colors) Colors(int mostColumns, int mostRows)
    {
        int columns = Math.Min(World.Width, Math.Max(1, mostColumns)), rows = Math.Min(World.Height, Math.Max(1, mostRows));
        var colors = new Color[columns * rows];
        for (int i = 0; i < colors.Length; i++)
        {
            int column = i % columns, row = i / columns, red = 0, green = 0, blue = 0, count = 0;
            for (int y = Source(row, rows, World.Height); y < Source(row + 1, rows, World.Height); y++)
            {
                for (int x = Source(column, columns, World.Width); x < Source(column + 1, columns, World.Width); x++)
                {
                    var color = ColorOf(World.StateAt(x, y, Mode));
                    (red, green, blue, count) = (red + color.R, green + color.G, blue + color.B, count + 1);
                }
            }

            colors[i] = new((byte)(red / count), (byte)(green / count), (byte)(blue / count));
        }

        return (columns, rows, colors);

        static int Source(int at, int of, int size) => (int)((long)at * size / of);
    }

    /// <summary>The states on the greedy path from the first start.</summary>
    public IReadOnlyList<int> GreedyPath() => World.Starts.Count == 0 || Range is null
        ? [] : GridWorld.GreedyPath.From(mdp(), q.AsSpan(), IsKnown, World.Starts[0].State, World.States).States;
}
