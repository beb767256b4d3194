using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace GridWorld;

/// <summary>Replays past episodes step by step.</summary>
internal sealed class ReplayEndpoints(ServedRuns runs, ReplayTurn turn)
{
    const int MostEpisodes = 1000, MostSteps = 100_000, MostOfAPart = 2000, MostPoints = 500;
    static readonly TimeSpan PartTime = TimeSpan.FromMilliseconds(300);

    public Task Episode(Call call)
    {
        var query = new QueryInput(call.Http.Request.Query);
        var episode = Number(call, query);
        query.Done();
        return ReplayAsync(call.Http, query, "json", (rewind, stop) => rewind.Replay(episode, episode, MostSteps, stop));
    }

    /// <summary>Sends a part of an episode's steps, each with the value it changed. The page requests one part after the other.</summary>
    public Task Steps(Call call)
    {
        var query = new QueryInput(call.Http.Request.Query);
        var episode = Number(call, query);
        var (from, count) = (query.Integer("from", 1, int.MaxValue) ?? 1, (int)(query.Integer("count", 1, MostOfAPart) ?? MostOfAPart));
        query.Done();
        var view = runs.FindOrOnly(query.Session).View;
        return turn.AnswerAsync(call.Http, stop => view.Rewind().Part(episode, from, count, stop),
            part => Reply.Json(call.Http, WireEpisodeSteps.Of(view.Id, episode, part), WireJson.Default.WireEpisodeSteps));
    }

    /// <summary>Sends the best and the worst episode.</summary>
    public Task Extremes(Call call)
    {
        var query = new QueryInput(call.Http.Request.Query);
        query.Done();
        var view = runs.FindOrOnly(query.Session).View;
        return turn.AnswerAsync(call.Http, stop => GridWorld.Extremes.Of(view, view.Rewind(), stop),
            extremes => Reply.Json(call.Http, new(view.Id, extremes.Best, extremes.Worst), WireJson.Default.WireExtremes));
    }

    /// <summary>
    /// Sends the history of a state. Without <c>before</c>, only its values at checkpoints; with it, the last part of the episodes up to
    /// that one, replayed. The page requests one part after the other, so that each takes its turn.
    /// </summary>
    public Task History(Call call)
    {
        var query = new QueryInput(call.Http.Request.Query);
        var (state, points) = (query.Integer("state", 0, int.MaxValue) ?? 0, query.Integer("points", 2, MostPoints) ?? MostPoints);
        var (at, before) = (query.Integer("at", 0, long.MaxValue), query.Integer("before", 1, long.MaxValue));
        query.Done();
        var view = runs.FindOrOnly(query.Session).View;
        StateExplanation.Check(view.World, state);
        return turn.AnswerAsync(call.Http, stop =>
        {
            var rewind = view.Rewind();
            rewind.Check(at ?? 0);
            rewind = at is { } episode ? rewind.Until(episode) : rewind;
            rewind.Check(before ?? 0);
            var replay = new StateReplay(rewind, view.World, (int)state, (int)points);
            return before is { } last ? replay.Back(last, PartTime, stop) : replay.AtCheckpoints(PartTime, stop);
        }, history => Reply.Json(call.Http, WireStateHistory.Of(view.Id, history), WireJson.Default.WireStateHistory));
    }

    /// <summary>Sends an animation of how the run learned, for which it is replayed.</summary>
    public Task Animation(Call call)
    {
        var query = new QueryInput(call.Http.Request.Query);
        query.Done();
        var view = runs.FindOrOnly(query.Session).View;
        return turn.AnswerAsync(call.Http, stop => RunAnimation.Write(view, RunAnimation.Usual, stop).Gif, gif =>
        {
            call.Http.Response.ContentType = "image/gif";
            call.Http.Response.Headers.ContentDisposition = RowReply.Attachment($"{view.Name}.gif");
            return call.Http.Response.Body.WriteAsync(gif, call.Http.RequestAborted).AsTask();
        });
    }

    public Task Trajectories(Call call)
    {
        var query = new QueryInput(call.Http.Request.Query);
        var last = query.Integer("last", 1, MostEpisodes) ?? 1;
        var format = query.OneOf("format", "csv", "json") ?? "json";
        query.Done();
        return ReplayAsync(call.Http, query, format, (rewind, stop) => rewind.ReplayLast(last, MostSteps, stop));
    }

    static long Number(Call call, QueryInput query)
    {
        var isNumber = long.TryParse(call.Argument, NumberStyles.None, CultureInfo.InvariantCulture, out var episode) && episode >= 1;
        query.Require(isNumber, "The episode must be a whole number, at least 1.");
        return episode;
    }

    Task ReplayAsync(HttpContext http, QueryInput query, string format,
        Func<Rewind, CancellationToken, IEnumerable<EpisodeTrace>> choose)
    {
        var view = runs.FindOrOnly(query.Session).View;
        return turn.AnswerAsync(http, stop => choose(view.Rewind(), stop).ToList(), episodes =>
        {
            var table = RunTables.Steps(view.World, episodes);
            return format == "csv" ? RowReply.CsvAsync(http, table, $"{view.Name}-trajectories.csv") : RowReply.JsonAsync(http, table);
        });
    }
}
