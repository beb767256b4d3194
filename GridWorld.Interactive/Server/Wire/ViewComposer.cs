using System.Text.Json;

namespace GridWorld;

/// <summary>
/// Composes one page's view of one run: first everything, then the changes. It keeps at most one view's buckets for comparison, so the
/// cost of a client does not depend on the length of the run or the speed of the client.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="request">The requested view.</param>
/// <param name="canControl">Whether the page may steer the run.</param>
/// <param name="past">The past moment to show; null for the present.</param>
internal sealed class ViewComposer(WatchedRun run, ViewRequest request, bool canControl, RunView? past = null)
{
    const int MostEvents = 200, MostOfAPath = 2000, MostStates = 300_000;

    readonly int leaps = (run.View as ReplayedRun)?.Leaps ?? 0;
    RunView view = past ?? run.View;
    Shown? shown;

    /// <summary>The data that the page already has.</summary>
    sealed class Shown
    {
        public readonly CurveFeed Metrics = new("metrics"), Lengths = new("lengths");
        public MapFeed? Map;
        public ReadOnlyMemory<byte> Status, Diagnostics, Axis, Path;
        public long LastEvent, LastEpisode, Episodes;
    }

    public string SessionId => view.Id;

    /// <summary>The request, with the id of this run.</summary>
    public ViewRequest Request => request with { Run = view.Id };

    public WatchedRun Run => run;

    /// <summary>Whether the playback has jumped to another moment, so that the page needs a complete view.</summary>
    public bool IsStale => run.View is ReplayedRun replay && replay.Leaps != leaps;

    /// <summary>Shows another part or layer of the map from now on.</summary>
    public void Show(MapRequest part)
    {
        request = request with { Map = part };
        if (shown is not null)
            shown.Map = new(part, view.World);
    }

    /// <summary>Composes the sections to send; empty if nothing changed. After an exception, the next view is complete.</summary>
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
        // A playback's clock keeps running between two reads, but a frame must show one moment.
        view = (past ?? run.View) is ReplayedRun replay ? replay.Shown() : view;
        var now = view.Status();
        var events = view.EventsAfter(shown?.LastEvent ?? 0);
        whole = shown is null || IsAnotherCourse(shown, now, events);
        if (whole)
        {
            if (shown is not null)
                events = view.EventLog;
            shown = new() { Map = request.Map is { } part ? new(part, view.World) : null };
        }

        var has = shown!;
        has.Episodes = now.Episodes;
        var (agent, health) = past is null && run.View is not ReplayedRun ? run.Look() : (view.Agent(), view.Diagnostics());
        var sections = new List<Section>();
        if (Differs(Section.Of("status", WireStatus.Of(run, now, canControl), WireJson.Default.WireStatus),
            ref has.Status) is { } statusNow)
            sections.Add(statusNow);
        if (whole)
            sections.Add(Section.Of("world", WireWorld.Of(view.World, view.Specification), WireJson.Default.WireWorld));
        if (Differs(Section.Of("diagnostics", health, WireJson.Default.Diagnostics), ref has.Diagnostics) is { } healthNow)
            sections.Add(healthNow);

        var (start, end) = request.Last is { } last
            ? (Math.Max(1, now.Episodes - last + 1), long.MaxValue) : (request.Start ?? 1, request.End ?? long.MaxValue);
        sections.AddRange(has.Metrics.Changes(view.MetricBuckets(start, end, request.Points)));
        sections.AddRange(has.Lengths.Changes(view.LengthBuckets(start, end, request.Points)));
        if (request.Axis
            && Differs(Section.Of("axis", Axis(has.Metrics.Edges), WireJson.Default.IReadOnlyListWireAxisMark),
            ref has.Axis) is { } axisNow)
            sections.Add(axisNow);
        if (has.Map is { } map)
        {
            sections.AddRange(map.Changes(run.Map(view, agent)));
            if (Path(agent) is { } path && Differs(Section.Of("path", path, WireJson.Default.WirePath), ref has.Path) is { } pathNow)
                sections.Add(pathNow);
        }

        if (events.Count > 0)
        {
            has.LastEvent = events[^1].Seq;
            sections.AddRange(Section.Cut("events", [.. events.TakeLast(MostEvents).Select(WireEvent.Of)], WireJson.Default.WireEvent,
                _ => "[]"u8.ToArray()));
        }

        sections.AddRange(Episodes(has, now, ServerLimits.ViewBytes - 8 * 1024 - sections.Sum(s => s.Json.Length)));
        return sections;
    }

    /// <summary>The greedy path from the first start; null in a world whose tables take long to compile.</summary>
    WirePath? Path(AgentSnapshot agent) => view.World.States > MostStates ? null
        : WirePath.Of(GreedyPath.From(agent.Tables, agent.Q.AsSpan(), s => agent.HasVisited(s, view.World.Actions),
            view.World.Starts[0].State, MostOfAPath));

    static Section? Differs(Section now, ref ReadOnlyMemory<byte> before)
    {
        if (now.Json.Span.SequenceEqual(before.Span))
            return null;
        before = now.Json;
        return now;
    }

    /// <summary>
    /// Whether another process may have returned the run to a checkpoint. Then later episodes are dropped and events are rewritten, so the
    /// page needs a complete view.
    /// </summary>
    static bool IsAnotherCourse(Shown shown, RunStatus now, IReadOnlyList<RunEvent> events) =>
        now.Episodes < shown.Episodes || events.Any(e => e.Kind == RunEventKind.RunResumed);

    /// <summary>The newest rows that the page does not have, limited to what the page keeps and the view has room for.</summary>
    IEnumerable<Section> Episodes(Shown has, RunStatus now, int room)
    {
        const int longestRow = 160;
        var rows = (int)Math.Min(Math.Min(now.Episodes - has.LastEpisode, request.LogRows), room / longestRow);
        if (rows <= 0)
            return [];
        var records = view.RawEpisodes(now.Episodes - rows + 1, rows);
        if (records.Length == 0)
            return [];
        // The first view does not wait for the rerun.
        if (past is null && has.LastEpisode > 0 && now.Pace is <= WatchedRun.Leisurely)
            records = run.Sampled(records);
        has.LastEpisode = records[^1].Episode;
        return Section.Cut("episodes", [.. records.Select(WireEpisode.Of)], WireJson.Default.WireEpisode,
            _ => JsonSerializer.SerializeToUtf8Bytes(new([]), WireJson.Default.WireEpisodes));
    }

    /// <summary>The steps and seconds at the start of the first bucket and at the end of each, for other x axes.</summary>
    IReadOnlyList<WireAxisMark> Axis(IReadOnlyList<long> ends) =>
        [.. view.Reached(ends).Select((by, k) => new WireAxisMark(ends[k], by.Steps, by.Seconds is { } s ? Math.Round(s, 4) : null))];
}
