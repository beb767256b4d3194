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
    Shown? shown;

    /// <summary>What the page has.</summary>
    sealed class Shown
    {
        public readonly CurveFeed Metrics = new("metrics"), Lengths = new("lengths");
        public MapFeed? Map;
        public ReadOnlyMemory<byte> Status, Diagnostics, Axis;
        public long LastEvent, LastEpisode, Episodes;
    }

    public string SessionId => view.Id;

    /// <summary>What was asked for, of this very run.</summary>
    public ViewRequest Request => request with { Run = view.Id };

    public WatchedRun Run => run;

    /// <summary>Whether the run is shown at an earlier moment again, so that the page must begin again.</summary>
    public bool IsStale => run.View is ReplayedRun replay && replay.Leaps != leaps;

    /// <summary>Shows another part or layer of the map from now on; all else continues as it was.</summary>
    public void Show(MapRequest part)
    {
        request = request with { Map = part };
        if (shown is not null)
            shown.Map = new(part, view.World);
    }

    /// <summary>What is to be sent now; empty where nothing changed. After an exception the next view is whole.</summary>
    public List<Section> Compose(out bool whole)
    {
        try
        {
            return Changes(out whole);
        }
        catch
        {
            shown = null;
            throw;
        }
    }

    List<Section> Changes(out bool whole)
    {
        // A replay's clock continues between two questions: a frame is of one moment.
        view = (past ?? run.View) is ReplayedRun replay ? replay.Shown() : view;
        var now = view.Status();
        var events = view.Events(shown?.LastEvent ?? 0);
        whole = shown is null || IsAnotherCourse(shown, now, events);
        if (whole)
        {
            if (shown is not null)
                events = view.Events();
            shown = new() { Map = request.Map is { } part ? new(part, view.World) : null };
        }

        var has = shown!;
        has.Episodes = now.Episodes;
        var (agent, health) = past is null && run.View is not ReplayedRun ? run.Look() : (view.Agent(), view.Diagnostics());
        var sections = new List<Section>();
        if (Differs(Section.Write("status", writer => WireWriter.Status(writer, now, canControl && run.View.Run is not null, canControl && run.CanResume(now.State), canControl && run.CanContinue(now.State), canControl)), ref has.Status) is { } statusNow)
            sections.Add(statusNow);
        if (whole)
            sections.Add(World());
        if (Differs(new("diagnostics", JsonSerializer.SerializeToUtf8Bytes(health, WireJson.Default.Diagnostics)), ref has.Diagnostics) is { } healthNow)
            sections.Add(healthNow);

        var (start, end) = request.Last is { } last ? (Math.Max(1, now.Episodes - last + 1), long.MaxValue) : (request.Start ?? 1, request.End ?? long.MaxValue);
        sections.AddRange(has.Metrics.Changes(view.Metrics(start, end, request.Points)));
        sections.AddRange(has.Lengths.Changes(view.Lengths(start, end, request.Points)));
        if (request.Axis && Differs(Section.Write("axis", writer => Axis(writer, has.Metrics.Edges)), ref has.Axis) is { } axisNow)
            sections.Add(axisNow);
        if (has.Map is { } map)
            sections.AddRange(map.Changes(run.Map(view, agent)));
        if (events.Count > 0)
        {
            has.LastEvent = events[^1].Seq;
            sections.AddRange(Section.Cut("events", null, [.. events.TakeLast(MostEvents)], (_, _) => { }, WireWriter.Event));
        }

        sections.AddRange(Episodes(has, now, ServerLimits.ViewBytes - 8 * 1024 - sections.Sum(s => s.Json.Length)));
        return sections;
    }

    static Section? Differs(Section now, ref ReadOnlyMemory<byte> before)
    {
        if (now.Json.Span.SequenceEqual(before.Span))
            return null;
        before = now.Json;
        return now;
    }

    /// <summary>
    /// Whether the run may have left the course that the page shows: another process took it back to a checkpoint. What was trained
    /// after that is dropped, its events are rewritten, and so the page begins again.
    /// </summary>
    static bool IsAnotherCourse(Shown shown, RunStatus now, IReadOnlyList<RunEvent> events) =>
        now.Episodes < shown.Episodes || events.Any(e => e.Event == RunEvents.TakenUp);

    /// <summary>The newest rows that the page hasn't, as many as it keeps and the view has room for.</summary>
    IEnumerable<Section> Episodes(Shown has, RunStatus now, int room)
    {
        const int longestRow = 160;
        var rows = (int)Math.Min(Math.Min(now.Episodes - has.LastEpisode, request.LogRows), room / longestRow);
        if (rows <= 0)
            return [];
        var records = view.Episodes(now.Episodes - rows + 1, rows);
        if (records.Length == 0)
            return [];
        // A first view does not wait for it.
        if (past is null && has.LastEpisode > 0 && now.Pace is <= WatchedRun.Leisurely)
            records = run.Sampled(records);
        has.LastEpisode = records[^1].Episode;
        return Section.Cut("episodes", "rows", records, (_, _) => { }, WireWriter.Episode);
    }

    /// <summary>For the first bucket's beginning and each one's end, the steps taken and the seconds trained by then: other x axes for the same points.</summary>
    void Axis(Utf8JsonWriter writer, IReadOnlyList<long> ends)
    {
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
        TileWriter.Write(writer, world);
        writer.WriteEndObject();
    });
}
