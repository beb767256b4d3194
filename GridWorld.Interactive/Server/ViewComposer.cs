using System.Text.Json;

namespace GridWorld;

/// <summary>
/// One page's view of one run: the first time everything, later what has changed since. Keeps at most a view's worth of
/// buckets to compare with, so a client costs the same however long the run is and however slowly it reads.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="request">What to show of it.</param>
/// <param name="canControl">Whether the page may steer it.</param>
/// <param name="past">The moment to show, where it is not the present.</param>
internal sealed class ViewComposer(WatchedRun run, ViewRequest request, bool canControl, RunView? past = null)
{
    const int MostEvents = 200, MostStarts = 1000;

    readonly int leaps = (run.View as ReplayedRun)?.Leaps ?? 0;
    RunView view = past ?? run.View;
    readonly CurveFeed metrics = new("metrics"), lengths = new("lengths");
    MapFeed? map = request.Map is null ? null : new(request.Map, run.View.World);
    ReadOnlyMemory<byte> status, diagnostics, axis;
    long lastEvent, lastEpisode;
    bool begun;

    public string SessionId => view.Id;

    /// <summary>What was asked for, of this very run.</summary>
    public ViewRequest Request => request with { Run = view.Id };

    public WatchedRun Run => run;

    /// <summary>Whether the run is shown at an earlier moment again, so that the page must begin anew.</summary>
    public bool IsStale => run.View is ReplayedRun replay && replay.Leaps != leaps;

    /// <summary>Shows another part or layer of the map from now on; all else goes on as it was.</summary>
    public void Show(MapRequest part)
    {
        request = request with { Map = part };
        map = new(part, view.World);
    }

    /// <summary>What is to be sent now; empty where nothing changed.</summary>
    public List<Section> Compose(out bool whole)
    {
        whole = !begun;
        begun = true;
        // A replay's clock goes on between two questions: a frame is of one moment.
        view = (past ?? run.View) is ReplayedRun replay ? replay.Shown() : view;
        var now = view.Status();
        var (agent, health) = past is null && run.View is not ReplayedRun ? run.Look() : (view.Agent(), view.Diagnostics());
        var sections = new List<Section>();
        if (Differs(Section.Write("status", writer => WireWriter.Status(writer, now, canControl && run.View.Run is not null, canControl && run.CanResume(now.State), canControl)), ref status) is { } statusNow)
            sections.Add(statusNow);
        if (whole)
            sections.Add(World());
        if (Differs(new("diagnostics", JsonSerializer.SerializeToUtf8Bytes(health, WireJson.Default.Diagnostics)), ref diagnostics) is { } healthNow)
            sections.Add(healthNow);

        var (start, end) = request.Last is { } last ? (Math.Max(1, now.Episodes - last + 1), long.MaxValue) : (request.Start ?? 1, request.End ?? long.MaxValue);
        sections.AddRange(metrics.Changes(view.Metrics(start, end, request.Points)));
        sections.AddRange(lengths.Changes(view.Lengths(start, end, request.Points)));
        if (request.Axis && Differs(Section.Write("axis", Axis), ref axis) is { } axisNow)
            sections.Add(axisNow);
        if (map is not null)
            sections.AddRange(map.Changes(run.Map(view, agent)));
        sections.AddRange(Events());
        sections.AddRange(Episodes(now, ServerLimits.ViewBytes - 8 * 1024 - sections.Sum(s => s.Json.Length)));
        return sections;
    }

    static Section? Differs(Section now, ref ReadOnlyMemory<byte> before)
    {
        if (now.Json.Span.SequenceEqual(before.Span))
            return null;
        before = now.Json;
        return now;
    }

    IEnumerable<Section> Events()
    {
        var events = view.Events(lastEvent);
        if (events.Count == 0)
            return [];
        lastEvent = events[^1].Seq;
        return Section.Cut("events", null, [.. events.TakeLast(MostEvents)], (_, _) => { }, WireWriter.Event);
    }

    /// <summary>The newest rows that the page hasn't, as many as it keeps and the view has room for.</summary>
    IEnumerable<Section> Episodes(RunStatus now, int room)
    {
        const int longestRow = 160;
        var rows = (int)Math.Min(Math.Min(now.Episodes - lastEpisode, request.LogRows), room / longestRow);
        if (rows <= 0)
            return [];
        var records = view.Episodes(now.Episodes - rows + 1, rows);
        if (records.Length == 0)
            return [];
        // A first view does not wait for it.
        if (past is null && lastEpisode > 0 && now.Pace is <= WatchedRun.Leisurely)
            records = run.Sampled(records);
        lastEpisode = records[^1].Episode;
        return Section.Cut("episodes", "rows", records, (_, _) => { }, WireWriter.Episode);
    }

    /// <summary>For the first bucket's beginning and each one's end, the steps taken and the seconds trained by then: other x axes for the same points.</summary>
    void Axis(Utf8JsonWriter writer)
    {
        var ends = metrics.Edges;
        var reached = view.Reached(ends);
        writer.WriteStartArray();
        for (var k = 0; k < reached.Length; k++)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(ends[k]);
            writer.WriteNumberValue(reached[k].Steps);
            if (reached[k].Seconds is { } seconds)
                writer.WriteNumberValue(Math.Round(seconds, 4));
            else
                writer.WriteNullValue();
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    Section World() => Section.Write("world", writer =>
    {
        var (world, specification) = (view.World, view.Specification);
        writer.WriteStartObject();
        writer.WriteString("name", WireWriter.Cut(world.Name, 256));
        writer.WriteNumber("width", world.Width);
        writer.WriteNumber("height", world.Height);
        writer.WriteStartArray("actions");
        foreach (var action in world.ActionNames)
            writer.WriteStringValue(action);
        writer.WriteEndArray();
        writer.WriteString("moves", Moves.Name(world.Moves));
        writer.WriteString("learner", specification.Learner.Name);
        writer.WriteString("seed", specification.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture));
        writer.WriteNumber("step_limit", specification.StepLimit);
        writer.WriteStartArray("starts");
        foreach (var start in world.Starts.Take(MostStarts))
            writer.WriteNumberValue(start.State);
        writer.WriteEndArray();
        Tiles(writer, world);
        writer.WriteEndObject();
    });

    /// <summary>What each character that the map may have means here.</summary>
    static void Tiles(Utf8JsonWriter writer, World world)
    {
        writer.WriteStartArray("tiles");
        foreach (var tile in world.Tiles.Tiles[1..])
        {
            writer.WriteStartObject();
            writer.WriteString("tile", tile.Character.ToString());
            writer.WriteString("kind", Kind(tile));
            writer.WriteNumber("reward", tile.Reward ?? world.Rules.StepReward);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    static string Kind(Tile tile) => tile switch
    {
        { IsWall: true } => "wall",
        { IsGoal: true } => "goal",
        { IsTerminal: true } => "hole",
        { IsRestart: true } => "cliff",
        { Teleport: not null } => "teleport",
        { Meaning: 'S' } => "start",
        _ => "floor",
    };
}
