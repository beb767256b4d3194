using System.Text.Json;

namespace GridWorld;

/// <summary>What can be asked about a run.</summary>
internal sealed class ReadEndpoints(ServedRuns runs, ReplayTurn turn)
{
    const int MostPoints = 10_000, MostEvents = 10_000, MostRanges = 1000;

    public Task Sessions(Call call) => Reply.Json(call.Http, writer =>
    {
        var (live, stored) = (runs.Registered(), runs.Stored());
        var newest = live.Select(run => (run.View.Id, run.View.Name, Created: run.View.Events() is [var first, ..] ? first.Timestamp : default))
            .Concat(stored.Where(run => run.Error is null).Select(run => (run.Id, run.Name, run.Created)))
            .GroupBy(run => run.Name).ToDictionary(runs => runs.Key, runs => runs.MaxBy(run => run.Created).Id);
        writer.WriteStartArray();
        foreach (var run in live)
            Status(writer, call, run, run.View.Status(), Newer(run.View.Id, run.View.Name));
        foreach (var run in stored)
        {
            WireWriter.Summary(writer, run.Error is null ? run with { NewerRunId = Newer(run.Id, run.Name) } : call.Scope == Scope.Control ? run : run with { Error = runs.WithoutFolders(run.Error) },
                call.Scope == Scope.Control);
        }

        writer.WriteEndArray();

        string? Newer(string id, string name) => newest[name] == id ? null : newest[name];
    });

    public Task Status(Call call)
    {
        var query = new QueryInput(call.Http.Request.Query);
        var at = query.Integer("at", 0, long.MaxValue);
        query.Done();
        var run = runs.Find(call.Argument);
        return at is { } episode
            ? turn.AnswerAsync(call.Http, stop => run.View.Past(episode, stop).Status(), ReplyWith)
            : ReplyWith(run.View.Status());

        Task ReplyWith(RunStatus status) => Reply.Json(call.Http, writer => Status(writer, call, run, status));
    }

    /// <summary>What the run was begun with: its world's name, seed and step limit, and all options of its learner.</summary>
    public Task Settings(Call call)
    {
        new QueryInput(call.Http.Request.Query).Done();
        var view = runs.Find(call.Argument).View;
        var specification = view.Specification;
        return Reply.Json(call.Http, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("session_id", view.Id);
            writer.WriteString("world", WireWriter.Cut(specification.World.Name, 256));
            writer.WriteString("seed", specification.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture));
            writer.WriteNumber("step_limit", specification.StepLimit);
            writer.WritePropertyName("learner");
            LearnerJson.Write(writer, specification.Learner);
            writer.WriteEndObject();
        });
    }

    /// <summary>
    /// A curve in at most so many points, each of which says which episodes it stands for; <c>bucket</c> is how many those are (1: exact rows),
    /// <c>kept</c> says which episodes the run still has singly.
    /// </summary>
    public Task Metrics(Call call)
    {
        var query = new QueryInput(call.Http.Request.Query);
        var (start, end) = (query.Integer("start", 1, long.MaxValue) ?? 1, query.Integer("end", 1, long.MaxValue) ?? long.MaxValue);
        var points = (int)(query.Integer("points", 1, MostPoints) ?? 1000);
        var series = query.OneOf("series", "return", "length") ?? "return";
        query.Require(start <= end, "start must not be greater than end.").Done();
        var view = runs.FindOrOnly(query.Session).View;
        var buckets = series == "return" ? view.Metrics(start, end, points) : view.Lengths(start, end, points);
        var reached = view.Reached([.. buckets.Select(bucket => bucket.End)]);
        return Reply.Json(call.Http, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("session_id", view.Id);
            writer.WriteString("series", series);
            writer.WriteNumber("bucket", CurveFeed.SizeOf(buckets));
            writer.WriteStartArray("kept");
            foreach (var kept in view.KeptEpisodes().Where(kept => kept.Last >= start && kept.First <= end).Take(MostRanges))
            {
                writer.WriteStartArray();
                writer.WriteNumberValue(kept.First);
                writer.WriteNumberValue(kept.Last);
                writer.WriteEndArray();
            }

            writer.WriteEndArray();
            writer.WriteStartArray("points");
            for (var k = 0; k < buckets.Length; k++)
                Bucket(writer, buckets[k], k < reached.Length ? reached[k] : null);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    public Task AgentState(Call call)
    {
        var query = new QueryInput(call.Http.Request.Query);
        var (asked, at) = (query.Integer("state", 0, int.MaxValue), query.Integer("at", 0, long.MaxValue));
        var visits = (int)(query.Integer("last_visits", 0, StateReport.MostVisits) ?? StateReport.MostVisits);
        query.Done();
        var run = runs.FindOrOnly(query.Session);
        StateReport.Check(run.View.World, asked ?? 0);
        // A pointer that moves over the map waits for no one's replay.
        return at is null && visits == 0 ? ReplyWith(Report(CancellationToken.None)) : turn.AnswerAsync(call.Http, Report, ReplyWith);

        (long Steps, StateReport Of) Report(CancellationToken stop)
        {
            var view = at is { } episode ? run.View.Past(episode, stop) : run.View;
            var agent = view.Row((int?)asked);
            return (agent.Steps, StateReport.Of(view, agent, visits, stop));
        }

        Task ReplyWith((long Steps, StateReport Of) found) => Reply.Json(call.Http, writer => ReportWriter.Write(writer, run.View.Id, found.Steps, found.Of));
    }

    public Task Events(Call call)
    {
        var query = new QueryInput(call.Http.Request.Query);
        var after = query.Integer("after_seq", 0, long.MaxValue) ?? 0;
        query.Done();
        var view = runs.FindOrOnly(query.Session).View;
        return Reply.Json(call.Http, writer => WireWriter.Events(writer, view.Id, view.Events(after).Take(MostEvents)));
    }

    static void Status(Utf8JsonWriter writer, Call call, WatchedRun run, RunStatus status, string? newerRunId = null)
    {
        var mayControl = call.Scope == Scope.Control;
        WireWriter.Status(writer, status, mayControl && run.View.Run is not null, mayControl && run.CanResume(status.State), mayControl && run.CanContinue(status.State), mayControl, newerRunId);
    }

    static void Bucket(Utf8JsonWriter writer, MetricBucket bucket, (long Steps, double? Seconds)? reached)
    {
        writer.WriteStartObject();
        writer.WriteNumber("start", bucket.Start);
        writer.WriteNumber("end", bucket.End);
        writer.Number("min", bucket.Min);
        writer.Number("max", bucket.Max);
        writer.Number("mean", bucket.Mean);
        writer.Number("std", bucket.Std);
        writer.WriteNumber("count", bucket.Count);
        if (reached is { } by)
        {
            writer.WriteNumber("steps", by.Steps);
            writer.Number("seconds", by.Seconds);
        }

        writer.WriteEndObject();
    }
}
