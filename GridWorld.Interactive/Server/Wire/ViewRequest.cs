using System.Text.Json;

namespace GridWorld;

/// <summary>A part of the map, in cells, of one mode; of null, the agent's mode.</summary>
internal sealed record MapRequest(string Layer, int X, int Y, int Width, int Height, int? Mode = null);

/// <summary>The view that a page requests. All numbers are in range.</summary>
internal sealed record ViewRequest
{
    public const int MostPoints = 1000, MostRows = 1000, Furthest = 1 << 26;

    /// <summary>The id of the run; null means the newest run.</summary>
    public string? Run { get; init; }

    public long? Start { get; init; }

    public long? End { get; init; }

    /// <summary>The episode after which to show the run; null means now.</summary>
    public long? At { get; init; }

    /// <summary>The number of last episodes to follow; null means all.</summary>
    public long? Last { get; init; }

    public int Points { get; init; } = MostPoints;

    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(500);

    public int LogRows { get; init; } = MostRows;

    /// <summary>Whether to send the steps and the time of the curve's points.</summary>
    public bool Axis { get; init; }

    public MapRequest? Map { get; init; }

    public static ViewRequest From(JsonElement json)
    {
        var input = new JsonInput(json);
        var request = new ViewRequest
        {
            Run = input.Text("run", 64),
            Start = input.Integer("start", 1, long.MaxValue),
            End = input.Integer("end", 1, long.MaxValue),
            At = input.Integer("at", 0, long.MaxValue),
            Last = input.Integer("last", 1, long.MaxValue),
            Points = (int)(input.Integer("points", 1, MostPoints) ?? MostPoints),
            Interval = TimeSpan.FromMilliseconds(input.Integer("interval_ms", 100, 500) ?? 500),
            LogRows = (int)(input.Integer("log_rows", 0, MostRows) ?? MostRows),
            Axis = input.Flag("axis") ?? false,
            Map = input.Object("map") is { } map ? MapFrom(new(map), input) : null,
        };
        input.Require(request is not { Start: { } start, End: { } end } || start <= end, "start must not be greater than end.");
        input.ThrowIfFaulty();
        return request;
    }

    /// <summary>Reads a request for a part of the map.</summary>
    public static MapRequest MapOf(JsonElement json)
    {
        var input = new JsonInput(json);
        var map = MapFrom(input, input);
        input.ThrowIfFaulty();
        return map;
    }

    static MapRequest MapFrom(JsonInput map, JsonInput whole)
    {
        var layer = map.Text("layer", 40) ?? MapLayer.Names[0];
        map.Require(MapLayer.Names.Contains(layer), $"layer must be one of {string.Join(", ", MapLayer.Names)}.");
        var request = new MapRequest(layer,
            (int)(map.Integer("x", 0, Furthest) ?? 0),
            (int)(map.Integer("y", 0, Furthest) ?? 0),
            (int)(map.Integer("width", 1, Furthest) ?? Furthest),
            (int)(map.Integer("height", 1, Furthest) ?? Furthest),
            (int?)map.Integer("mode", 0, Furthest));
        if (map != whole)
            whole.Include(map);
        return request;
    }
}
