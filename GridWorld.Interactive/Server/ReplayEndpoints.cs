using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace GridWorld;

/// <summary>Past episodes step by step, run again.</summary>
internal sealed class ReplayEndpoints(ServedRuns runs, ReplayTurn turn)
{
    const int MostEpisodes = 1000, MostSteps = 100_000;

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

    Task ReplayAsync(HttpContext http, QueryInput query, string format, Func<Rewind, CancellationToken, IEnumerable<ReplayedEpisode>> choose)
    {
        var view = runs.FindOrOnly(query.Text("session")).View;
        return turn.AnswerAsync(http, stop => choose(view.Rewind(), stop).ToList(), episodes =>
        {
            var table = RunTables.Steps(view.World, episodes);
            return format == "csv" ? RowReply.CsvAsync(http, table, $"{view.Name}-trajectories.csv") : RowReply.JsonAsync(http, table);
        });
    }
}
