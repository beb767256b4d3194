using Microsoft.Data.Analysis;

namespace GridWorld;

/// <summary>A run as tables: of one that trains as it is now, of a stored one as it was left.</summary>
public static class RunFrames
{
    /// <summary>The most rows of single episodes that <see cref="Metrics"/> gives before it sums up.</summary>
    public const int MostEpisodes = 1_000_000;

    /// <summary>
    /// What the agent has learned, a row for every state and action:
    /// state, x, y, action, q, visits, is_greedy, q_optimal (exact; missing until it is known: a large world takes more than the second that this waits).
    /// </summary>
    public static DataFrame QTable(this Run run) => QTable(Given.NotNull(run).View);

    /// <inheritdoc cref="QTable(Run)"/>
    public static DataFrame QTable(this RunView run)
    {
        ArgumentNullException.ThrowIfNull(run);
        run.AwaitTruth();
        var agent = run.Agent();
        var (world, truth) = (run.World, run.Truth);
        int actions = world.Actions, rows = agent.Q.Length;
        int[] state = new int[rows], x = new int[rows], y = new int[rows], action = new int[rows];
        var greedy = new bool[rows];
        for (int s = 0, row = 0; s < world.States; s++)
        {
            uint best = Greedy.Of(agent.Q.AsSpan(s * actions, actions)).Actions;
            for (int a = 0; a < actions; a++, row++)
                (state[row], x[row], y[row], action[row], greedy[row]) = (s, s % world.Width, s / world.Width, a, (best >> a & 1) != 0);
        }

        return new Frame(Columns.Of("state", state), Columns.Of("x", x), Columns.Of("y", y), Columns.Of("action", action), Columns.Of("q", agent.Q),
            Columns.Of("visits", agent.Visits), Columns.Of("is_greedy", greedy), truth is null ? Columns.Missing("q_optimal", rows) : Columns.Of("q_optimal", truth.OptimalQ));
    }

    /// <summary>
    /// The episodes, one a row where there are at most <see cref="MostEpisodes"/> of them and all are still held singly; else, or where
    /// <paramref name="points"/> says so, summed up: <c>episodes</c> tells how many a row stands for. Columns: episode (the first of the row),
    /// return and length (means over the row), terminated, truncated, epsilon, learning_rate, mean_q (missing where summed up or not sampled),
    /// episodes, return_min, return_max, return_std.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="start">The first episode, from 1.</param>
    /// <param name="end">The last episode; null means the last there is.</param>
    /// <param name="points">The most rows, at least 1; null means one row per episode if possible.</param>
    public static DataFrame Metrics(this Run run, long start = 1, long? end = null, int? points = null) => MetricsTable(Given.NotNull(run).View, start, end, points);

    /// <inheritdoc cref="Metrics"/>
    public static DataFrame MetricsTable(this RunView run, long start = 1, long? end = null, int? points = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        long last = Math.Min(end ?? long.MaxValue, run.Status().Episodes);
        new Faults()
            .Require(start >= 1, $"The first episode must be at least 1 (got {start}).")
            .Require(end is null || end >= start, $"The last episode must not come before the first, {start} (got {end}).")
            .Require(points is null or >= 1, $"Points must be at least 1, or null for one row per episode (got {points}).")
            .ThrowIfAny();
        long count = Math.Max(0, last - start + 1);
        if (points is null && count <= MostEpisodes && Singly(run, start, (int)count) is { } table)
            return table;

        int most = points ?? MostEpisodes;
        return count == 0 ? Singly(run, start, 0)! : Frame(run.Metrics(start, last, most), run.Lengths(start, last, most));
    }

    /// <summary>All events of the run: seq, episode, event, param, old_value, new_value (as JSON), message, timestamp (UTC).</summary>
    public static DataFrame Events(this Run run) => EventTable(Given.NotNull(run).View);

    /// <inheritdoc cref="Events"/>
    public static DataFrame EventTable(this RunView run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return GridWorld.Frame.Of(RunTables.EventColumns, run.Events(0));
    }

    /// <summary>The checkpoints, oldest first: episode, step, name (missing for automatic ones), timestamp (UTC).</summary>
    public static DataFrame Checkpoints(this Run run) => CheckpointTable(Given.NotNull(run).View);

    /// <inheritdoc cref="Checkpoints"/>
    public static DataFrame CheckpointTable(this RunView run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return GridWorld.Frame.Of(RunTables.CheckpointColumns, run.Checkpoints());
    }

    /// <summary>
    /// One row per episode, filled page by page: a million records at once would take longer to make than the table.
    /// Null where not all rows are kept.
    /// </summary>
    static DataFrame? Singly(RunView run, long start, int count)
    {
        const int page = 16_384;
        var cells = Array.ConvertAll(EpisodeColumns.All, column => Columns.Room(column, count));
        for (int row = 0; row < count;)
        {
            var records = run.Episodes(start + row, Math.Min(page, count - row));
            if (records.Length == 0 || records[0].Episode != start + row)
                return null;
            foreach (var column in EpisodeColumns.All)
                Columns.Fill(cells[column.Place], row, column, records);
            row += records.Length;
        }

        var ones = new long[count];
        Array.Fill(ones, 1);
        var returns = (double[])cells[EpisodeColumns.Return.Place];
        return Frame(column => Columns.Of(column.Name, cells[column.Place]), ones, returns, returns, new double[count]);
    }

    /// <summary>One row per bucket, without what cannot be summed up.</summary>
    static DataFrame Frame(MetricBucket[] returns, MetricBucket[] lengths)
    {
        var mean = lengths.ToDictionary(b => b.Start, b => b.Mean);
        return Frame(
            column => column == EpisodeColumns.Episode ? Columns.Of(column.Name, Array.ConvertAll(returns, b => b.Start))
                : column == EpisodeColumns.Return ? Columns.Of(column.Name, Array.ConvertAll(returns, b => b.Mean))
                : column == EpisodeColumns.Length ? Columns.Of(column.Name, Array.ConvertAll(returns, MeanLength))
                : column.IsFlag ? Columns.Of(column.Name, new bool?[returns.Length])
                : Columns.Missing(column.Name, returns.Length),
            Array.ConvertAll(returns, b => b.Count), Array.ConvertAll(returns, b => b.Min), Array.ConvertAll(returns, b => b.Max),
            Array.ConvertAll(returns, b => b.Std));

        double? MeanLength(MetricBucket bucket) => mean.TryGetValue(bucket.Start, out double length) ? length : null;
    }

    static Frame Frame(Func<EpisodeColumn, DataFrameColumn> of, long[] episodes, double[] min, double[] max, double[] std) =>
        new([.. EpisodeColumns.All.Select(of), Columns.Of("episodes", episodes),
            Columns.Of("return_min", min), Columns.Of("return_max", max), Columns.Of("return_std", std)]);
}
