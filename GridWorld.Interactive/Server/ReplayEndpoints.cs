using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace GridWorld;

/// <summary>Past episodes step by step, run again. One replay goes on at a time, for a bounded while: whoever may look may not take the machine.</summary>
internal sealed class ReplayEndpoints(ServedRuns runs, TimeSpan patience)
{
    const int MostEpisodes = 1000, MostSteps = 100_000;

    readonly SemaphoreSlim turn = new(1);

    public Task Episode(Call call)
    {
        var query = new QueryInput(call.Http.Request.Query);
        var isNumber = long.TryParse(call.Argument, NumberStyles.None, CultureInfo.InvariantCulture, out var episode) && episode >= 1;
        query.Require(isNumber, "The episode must be a whole number, at least 1.").Done();
        return ReplayAsync(call.Http, query, "json", (rewind, stop) => rewind.Replay(episode, episode, MostSteps, stop));
    }

    public Task Trajectories(Call call)
    {
        var query = new QueryInput(call.Http.Request.Query);
        var last = query.Integer("last", 1, MostEpisodes) ?? 1;
        var format = query.OneOf("format", "csv", "json") ?? "json";
        query.Done();
        return ReplayAsync(call.Http, query, format, (rewind, stop) => rewind.ReplayLast(last, MostSteps, stop));
    }

    async Task ReplayAsync(HttpContext http, QueryInput query, string format, Func<Rewind, CancellationToken, IEnumerable<ReplayedEpisode>> choose)
    {
        var view = runs.FindOrOnly(query.Text("session")).View;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        stop.CancelAfter(patience);
        try
        {
            List<ReplayedEpisode> episodes;
            await turn.WaitAsync(stop.Token);
            try
            {
                episodes = await Task.Run(() => choose(view.Rewind(), stop.Token).ToList(), stop.Token);
            }
            finally
            {
                turn.Release();
            }

            var table = RunTables.Steps(view.World, episodes);
            await (format == "csv" ? RowReply.CsvAsync(http, table, $"{view.Name}-trajectories.csv") : RowReply.JsonAsync(http, table));
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested && !http.Response.HasStarted)
        {
            await Reply.Problem(http, StatusCodes.Status503ServiceUnavailable,
                [$"Running up to there again takes more than {patience.TotalSeconds} s. Ask again later, or train with a store: its checkpoints make the way short."]);
        }
    }
}
