using System.Text.Json;

namespace GridWorld;

/// <summary>What can be asked about a run.</summary>
internal sealed class ReadEndpoints(ServedRuns runs)
{
    const int MostPoints = 10_000, MostEvents = 10_000;

    public Task Sessions(Call call) => Reply.Json(call.Http, writer =>
    {
        writer.WriteStartArray();
        foreach (var run in runs.Registered())
            WireWriter.Status(writer, run.View.Status(), CanControl(call, run));
        foreach (var run in runs.Stored())
            WireWriter.Summary(writer, run);
        writer.WriteEndArray();
    });

    public Task Status(Call call)
    {
        var run = runs.Find(call.Argument);
        var status = run.View.Status();
        return Reply.Json(call.Http, writer => WireWriter.Status(writer, status, CanControl(call, run), call.Scope == Scope.Control && run.CanResume(status.State)));
    }

    public Task Metrics(Call call)
    {
        var query = new QueryInput(call.Http.Request.Query);
        var (start, end) = (query.Integer("start", 1, long.MaxValue) ?? 1, query.Integer("end", 1, long.MaxValue) ?? long.MaxValue);
        var points = (int)(query.Integer("points", 1, MostPoints) ?? 1000);
        var series = query.OneOf("series", "return", "length") ?? "return";
        query.Require(start <= end, "start must not be greater than end.").Done();
        var view = runs.FindOrOnly(query.Text("session")).View;
        var buckets = series == "return" ? view.Metrics(start, end, points) : view.Lengths(start, end, points);
        var reached = view.Reached([.. buckets.Select(bucket => bucket.End)]);
        return Reply.Json(call.Http, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("session_id", view.Id);
            writer.WriteString("series", series);
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
        var asked = query.Integer("state", 0, int.MaxValue);
        query.Done();
        var run = runs.FindOrOnly(query.Text("session"));
        var world = run.View.World;
        new Faults().Require(asked is null || asked < world.States, $"state must be between 0 and {world.States - 1} (got {asked}).").ThrowIfAny();
        var agent = run.Look().Agent;
        var state = (int)(asked ?? agent.State);
        return Reply.Json(call.Http, writer => State(writer, run.View, agent, state));
    }

    public Task Events(Call call)
    {
        var query = new QueryInput(call.Http.Request.Query);
        var after = query.Integer("after_seq", 0, long.MaxValue) ?? 0;
        query.Done();
        var view = runs.FindOrOnly(query.Text("session")).View;
        return Reply.Json(call.Http, writer => WireWriter.Events(writer, view.Id, view.Events(after).Take(MostEvents)));
    }

    static bool CanControl(Call call, WatchedRun run) => call.Scope == Scope.Control && run.View.Run is not null;

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

    static void State(Utf8JsonWriter writer, RunView view, AgentSnapshot agent, int state)
    {
        var world = view.World;
        var row = Enumerable.Range(state * world.Actions, world.Actions);
        var visits = row.Select(pair => agent.Visits[pair]).ToList();
        writer.WriteStartObject();
        writer.WriteString("session_id", view.Id);
        writer.WriteNumber("episode", agent.Episode);
        writer.WriteNumber("steps", agent.Steps);
        writer.WriteNumber("state", state);
        writer.WriteNumber("x", state % world.Width);
        writer.WriteNumber("y", state / world.Width);
        writer.WriteStartArray("actions");
        foreach (var action in world.ActionNames)
            writer.WriteStringValue(action);
        writer.WriteEndArray();
        Numbers("q", row.Select(pair => agent.Q[pair]));
        writer.WriteStartArray("visits");
        foreach (var count in visits)
            writer.WriteNumberValue(count);
        writer.WriteEndArray();
        writer.Number("value", visits.Sum() == 0 ? null : row.Max(pair => agent.Q[pair]));
        if (view.Truth is { } truth)
        {
            Numbers("q_optimal", row.Select(pair => truth.OptimalQ[pair]));
            writer.Number("optimal_value", truth.OptimalValues[state]);
        }

        writer.WriteEndObject();

        void Numbers(string name, IEnumerable<double> values)
        {
            writer.WriteStartArray(name);
            foreach (var value in values)
                writer.Number(value);
            writer.WriteEndArray();
        }
    }
}
