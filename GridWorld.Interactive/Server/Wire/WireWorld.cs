using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

#pragma warning disable CS1573 // Only members whose names do not say it have words.

namespace GridWorld;

/// <summary>The constant data of a run: its world and its initial settings.</summary>
/// <param name="Planner">Whether the learner is a planner, whose episodes are passes and whose steps are updates of a state.</param>
/// <param name="Hyperparameters">Those that have an effect and can change during the run.</param>
/// <param name="Seed">As text, because it can exceed JavaScript's integers.</param>
/// <param name="Tiles">The tiles that the map can have. A cell is the number of its tile in this list, from 1.</param>
/// <param name="Modes">Number of maps, one per mode. In a grid, state = mode × cells + cell.</param>
/// <param name="ModeNames">The modes in words; empty if there is one, or too many to choose from.</param>
/// <param name="Places">Mode × cells + cell of each state, as little-endian 32-bit integers; null if it is the state's number.</param>
/// <param name="Labels">Whether the states have labels of their own.</param>
/// <param name="Table">Whether the states have no place on a map, so that their cells mean nothing.</param>
/// <param name="Editable">Whether the map can be edited: an MDP has none.</param>
/// <param name="Fences">Each the column and row of a cell, and 0 if its right side is closed, 1 if its lower side is.</param>
internal sealed record WireWorld(string Name, int Width, int Height, IReadOnlyList<string> Actions, string Moves, string Learner,
    bool Planner, IEnumerable<WireLearnerSetting> Hyperparameters, string Seed, int StepLimit,
    IEnumerable<int> Starts, IEnumerable<WireTile> Tiles, int States, int Modes, IReadOnlyList<string> ModeNames,
    byte[]? Places, bool Labels, bool Table, bool Editable, IEnumerable<IReadOnlyList<int>> Fences)
{
    const int MostStarts = 1000, MostModes = 256, MostFences = 2000;

    public static WireWorld Of(World world, RunSpecification run) =>
        new(WireText.Name(world.Name), world.Width, world.Height, world.ActionNames,
        GridWorld.Moves.Name(world.Moves), run.Learner.Name, run.IsPlanned,
        WireLearnerSetting.Of(run.Learner, o => o.Effective), run.Seed.ToString(CultureInfo.InvariantCulture), run.StepLimit,
        world.Starts.Take(MostStarts).Select(start => start.State), WireTile.Of(world), world.States, world.Modes,
        world.Modes is 1 or > MostModes ? [] : [.. Enumerable.Range(0, world.Modes).Select(world.ModeName)],
        world.Space.Places is { } places ? MemoryMarshal.AsBytes<int>(places).ToArray() : null,
        world.Table is { Labels.Length: > 0 }, world.Space.IsList, world.Table is null,
        world.Rules.Fences.Take(MostFences).Select(fence => (int[])[fence.X, fence.Y, (int)fence.Side]));
}

/// <summary>A tile of a world.</summary>
/// <param name="Tile">The character.</param>
/// <param name="Reward">The reward for entering it; of an exit, for leaving it.</param>
[JsonNumberHandling(JsonNumberHandling.Strict)]
internal sealed record WireTile(string Tile, WireTileKind Kind, double Reward)
{
    public static IEnumerable<WireTile> Of(World world) => Array.ConvertAll(world.Tiles.Tiles[1..].ToArray(), tile =>
        new WireTile(tile.Character.ToString(), KindOf(tile), tile.Exit ?? tile.Reward ?? world.Rules.StepReward));

    static WireTileKind KindOf(Tile tile) => tile switch
    {
        { IsWall: true } => WireTileKind.Wall,
        { IsGoal: true } => WireTileKind.Goal,
        { IsEnd: true } => WireTileKind.Hole,
        { IsRestart: true } => WireTileKind.Cliff,
        { Teleport: not null } => WireTileKind.Teleport,
        { Meaning: 'S' } => WireTileKind.Start,
        _ => WireTileKind.Floor,
    };
}

/// <summary>How a tile is drawn.</summary>
[JsonConverter(typeof(WireTileKindConverter))]
internal enum WireTileKind
{
    Wall,
    Goal,
    Hole,
    Cliff,
    Teleport,
    Start,
    Floor,
}

internal sealed class WireTileKindConverter() : JsonStringEnumConverter<WireTileKind>(System.Text.Json.JsonNamingPolicy.SnakeCaseLower);

/// <summary>A part of the map: a number per square of cells, a number per action of Q.</summary>
/// <param name="Step">Cells per number, in either direction.</param>
/// <param name="Channels">Numbers per cell; 1 if absent.</param>
/// <param name="Scale">A value is offset + scale × its number.</param>
/// <param name="Beyond">
/// The least and the greatest value, if some are outside the scale: 0 stands for lower values, nan − 1 for higher ones.
/// </param>
/// <param name="Nan">The number that stands for no value.</param>
/// <param name="Agent">The state that the agent is in.</param>
/// <param name="Data">The numbers, little-endian.</param>
/// <param name="Policy">The best actions of each cell, one bit each.</param>
/// <param name="Cells">The tile of each cell; absent if nothing changed.</param>
/// <param name="After">The episode after which the last changes of the policy are known; absent if none are, and in other layers.</param>
[JsonNumberHandling(JsonNumberHandling.Strict)]
internal sealed record WireMap(long Episode, string Layer, int X, int Y, int Width, int Height, int Step, int Columns, int Rows,
    [property: JsonIgnore(Condition = WhenWritingNull)] int? Channels, int Bits, double Scale, double Offset,
    [property: JsonIgnore(Condition = WhenWritingNull)] IReadOnlyList<double>? Beyond, int Nan, int Agent, int Mode, byte[] Data,
    [property: JsonIgnore(Condition = WhenWritingNull)] byte[]? Policy,
    [property: JsonIgnore(Condition = WhenWritingNull)] byte[]? Cells,
    [property: JsonIgnore(Condition = WhenWritingNull)] long? After);

/// <summary>The states that the greedy policy leads through from the first start, if each action has its most probable outcome.</summary>
internal sealed record WirePath(IReadOnlyList<int> States, PathEnd End)
{
    public static WirePath Of(GreedyPath path) => new(path.States, path.End);
}

/// <summary>A map by itself.</summary>
internal sealed record WireTiles(string SessionId, IEnumerable<WireMap> Tiles);

/// <summary>The greedy actions of all states, one bit each, and each cell's tile.</summary>
internal sealed record WirePolicy(string SessionId, long Episode, int Width, int Height, IReadOnlyList<string> Actions, byte[] Policy,
    IEnumerable<WireTile> Tiles, byte[] Cells);

/// <summary>The intervals of a parameter on which the set of optimal policies is constant.</summary>
/// <param name="Breakpoints">The values between the intervals, ascending.</param>
/// <param name="Intervals">One more than there are breakpoints.</param>
internal sealed record WireBreakpoints(string SessionId, string Parameter, double From, double To, IReadOnlyList<double> Breakpoints,
    int Width, int Height, IReadOnlyList<string> Actions, IEnumerable<WireTile> Tiles, byte[] Cells, IEnumerable<WireInterval> Intervals);

/// <summary>The plan in the middle of an interval.</summary>
/// <param name="StartValue">The optimal value at the start.</param>
/// <param name="Policy">The optimal actions of each state, one bit each.</param>
internal sealed record WireInterval(double StartValue, byte[] Policy);
