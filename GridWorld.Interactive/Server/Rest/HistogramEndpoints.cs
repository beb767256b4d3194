namespace GridWorld;

/// <summary>How often returns occur, and the episodes behind a bar.</summary>
internal sealed class HistogramEndpoints(ServedRuns runs, ReplayTurn turn)
{
    const int LeastBars = 8, MostBars = 40, MostEpisodes = 100_000;

    static readonly RowField<EpisodeRecord>[] fields =
    [
        new("episode", e => (double)e.Episode), new("return", e => e.Return), new("length", e => (double)e.Length),
        new("epsilon", e => e.Epsilon), new("learning_rate", e => e.LearningRate),
        new("end", e => e.Terminated ? "terminated" : "truncated"),
    ];

    /// <summary>Sends the returns of a run's newest episodes, of which there are rows.</summary>
    public Task OfRun(Call call)
    {
        var query = new QueryInput(call.Http.Request.Query);
        query.Done();
        var view = runs.FindOrOnly(query.Session).View;
        return turn.AnswerAsync(call.Http, stop => Newest(view, stop), rows => SendAsync(call, rows.Select(e => e.Return),
            rows.Count == 0 ? 0 : rows[0].Episode, rows.Count == 0 ? 0 : rows[^1].Episode));
    }

    /// <summary>Sends the mean returns of the last 100 episodes of an ensemble's seeds.</summary>
    public Task OfSeeds(Call call)
    {
        new QueryInput(call.Http.Request.Query).Done();
        var sweep = SweepControlEndpoints.Find(runs.Sweeps, call);
        return sweep.Ensemble is null ? throw new InputException("A sweep has no histogram. Its trials differ in their settings.")
            : SendAsync(call, sweep.Seeds(null).FiniteReturns(), 0, 0);
    }

    /// <summary>Sends the newest rows that a filter lets through, oldest first.</summary>
    public Task Episodes(Call call, QueryInput query, string filter, int count)
    {
        var isIn = RowFilter.Read(filter, fields, _ => "");
        var view = runs.FindOrOnly(query.Session).View;
        return turn.AnswerAsync<IReadOnlyList<EpisodeRecord>>(call.Http, stop => [.. Newest(view, stop).Where(isIn).TakeLast(count)],
            rows => Reply.Json(call.Http, new(view.Id, rows.Select(WireEpisode.Of)), WireJson.Default.WireRows));
    }

    static IReadOnlyList<EpisodeRecord> Newest(RunView view, CancellationToken stop)
    {
        var last = view.Status().Episodes;
        return [.. RunRecords.Rows(view, Math.Max(1, last - MostEpisodes + 1), last, all: false, stop)];
    }

    static Task SendAsync(Call call, IEnumerable<double> returns, long first, long last)
    {
        double[] values = [.. returns];
        var bars = Histogram.Of(values, (int)Math.Clamp(2 * Math.Sqrt(values.Length), LeastBars, MostBars));
        return Reply.Json(call.Http, new(first, last, [.. bars.Select(b => new WireBar(b.Low, b.High, b.Count))]),
            WireJson.Default.WireHistogram);
    }
}
