using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace GridWorld;

/// <summary>The read requests about a run.</summary>
internal sealed class ReadEndpoints(ServedRuns runs, ReplayTurn turn)
{
    const int MostPoints = 10_000, MostEvents = 10_000, MostRanges = 1000;

    public Task Sessions(Call call)
    {
        var (live, stored, mayControl) = (runs.Registered(), runs.Stored(), call.Scope == Scope.Control);
        var newest = live.Select(run => (run.View.Id, run.View.Name,
            Created: run.View.EventLog is [var first, ..] ? first.Timestamp : default))
            .Concat(stored.Where(run => run.Error is null).Select(run => (run.Id, run.Name, run.Created)))
            .GroupBy(run => run.Name).ToDictionary(runs => runs.Key, runs => runs.MaxBy(run => run.Created).Id);
        return Reply.Json<IReadOnlyList<object>>(call.Http,
        [
            .. live.Select(run => WireStatus.Of(run, run.View.Status(), mayControl, Newer(run.View.Id, run.View.Name))),
            .. stored.Select(run => WireStored.Of(run.Error is null ? run with { NewerRunId = Newer(run.Id, run.Name) }
                : mayControl ? run : run with { Error = runs.WithoutFolders(run.Error) }, mayControl)),
        ], WireJson.Default.IReadOnlyListObject);

        string? Newer(string id, string name) => newest[name] == id ? null : newest[name];
    }

    public Task Status(Call call)
    {
        var query = new QueryInput(call.Http.Request.Query);
        var at = query.Integer("at", 0, long.MaxValue);
        query.Done();
        var run = runs.Find(call.Argument);
        return at is { } episode
            ? turn.AnswerAsync(call.Http, stop => run.View.Past(episode, stop).Status(), ReplyWith)
            : ReplyWith(run.View.Status());

        Task ReplyWith(RunStatus status) =>
            Reply.Json(call.Http, WireStatus.Of(run, status, call.Scope == Scope.Control), WireJson.Default.WireStatus);
    }

    /// <summary>Sends the run's initial settings: world name, seed, step limit, and all options of its learner.</summary>
    public Task Settings(Call call)
    {
        new QueryInput(call.Http.Request.Query).Done();
        var view = runs.Find(call.Argument).View;
        var specification = view.Specification;
        return Reply.Json(call.Http,
            new(view.Id, WireText.Name(specification.World.Name), specification.Seed.ToString(CultureInfo.InvariantCulture),
            specification.StepLimit, new(Json(writer => LearnerJson.Write(writer, specification.Learner)))), WireJson.Default.WireSettings);
    }

    /// <summary>
    /// Sends a curve with a limited number of points. Each point lists its first and last episode; <c>bucket</c> is the number of episodes
    /// per point (1: exact rows), and <c>kept</c> lists the episodes with a stored raw row.
    /// </summary>
    public Task Metrics(Call call)
    {
        var query = new QueryInput(call.Http.Request.Query);
        var (start, end) = (query.Integer("start", 1, long.MaxValue) ?? 1, query.Integer("end", 1, long.MaxValue) ?? long.MaxValue);
        var points = (int)(query.Integer("points", 1, MostPoints) ?? 1000);
        var series = query.OneOf("series", "return", "length") ?? "return";
        query.Require(start <= end, "start must not be greater than end.").Done();
        var view = runs.FindOrOnly(query.Session).View;
        var buckets = series == "return" ? view.MetricBuckets(start, end, points) : view.LengthBuckets(start, end, points);
        var reached = view.Reached([.. buckets.Select(bucket => bucket.End)]);
        var kept = view.KeptEpisodes().Where(kept => kept.Last >= start && kept.First <= end).Take(MostRanges);
        return Reply.Json(call.Http,
            new(view.Id, series, CurveFeed.SizeOf(buckets), kept.Select(range => (long[])[range.First, range.Last]),
            buckets.Select((b, k) => new WirePoint(b.Start, b.End, b.Min, b.Max, b.Mean, b.Std, b.Count,
                k < reached.Length ? reached[k].Steps : null, k < reached.Length ? reached[k].Seconds : null))),
                WireJson.Default.WireMetrics);
    }

    public Task AgentState(Call call)
    {
        var query = new QueryInput(call.Http.Request.Query);
        var (asked, at) = (query.Integer("state", 0, int.MaxValue), query.Integer("at", 0, long.MaxValue));
        var visits = (int)(query.Integer("last_visits", 0, StateExplanation.MostVisits) ?? StateExplanation.MostVisits);
        query.Done();
        var run = runs.FindOrOnly(query.Session);
        StateExplanation.Check(run.View.World, asked ?? 0);
        // A pointer that moves over the map must not wait for a replay.
        return at is null && visits == 0 ? ReplyWith(Report(CancellationToken.None)) : turn.AnswerAsync(call.Http, Report, ReplyWith);

        (long Steps, StateExplanation Of) Report(CancellationToken stop)
        {
            var view = at is { } episode ? run.View.Past(episode, stop) : run.View;
            var agent = view.Row((int?)asked);
            return (agent.Step, StateExplanation.Of(view, agent, visits, stop));
        }

        Task ReplyWith((long Steps, StateExplanation Of) found) =>
            Reply.Json(call.Http, WireState.Of(run.View.Id, found.Steps, found.Of), WireJson.Default.WireState);
    }

    public Task Events(Call call)
    {
        var query = new QueryInput(call.Http.Request.Query);
        var after = query.Integer("after_seq", 0, long.MaxValue) ?? 0;
        query.Done();
        var view = runs.FindOrOnly(query.Session).View;
        return Reply.Json(call.Http, WireEvents.Of(view.Id, view.EventsAfter(after).Take(MostEvents)), WireJson.Default.WireEvents);
    }

    static ReadOnlyMemory<byte> Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            write(writer);
        return buffer.WrittenMemory;
    }
}
