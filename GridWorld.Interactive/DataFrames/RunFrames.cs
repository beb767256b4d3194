using Microsoft.Data.Analysis;

namespace GridWorld;

/// <summary>A run as tables, in its current state; for a stored run, in its last stored state.</summary>
public static class RunFrames
{
    /// <summary>The maximum number of episodes for which <see cref="Metrics"/> returns one row per episode: 1,000,000.</summary>
    public const int MostEpisodes = 1_000_000;

    /// <summary>
    /// Gets the learned values with one row per state and action: state, x, y, label if states have one, action, q, visits, is_greedy,
    /// q_optimal. The method waits up to one second for q_optimal, which is exact. In a large world, q_optimal can still be missing; call
    /// the method again later.
    /// </summary>
    public static DataFrame QTable(this RunView run)
    {
        ArgumentNullException.ThrowIfNull(run);
        run.AwaitSolution();
        var agent = run.Agent();
        var (world, solution) = (run.World, run.ExactSolution);
        int actions = world.Actions, rows = agent.Q.Length;
        int[] state = new int[rows], x = new int[rows], y = new int[rows], action = new int[rows];
        var greedy = new bool[rows];
        for (int s = 0, row = 0; s < world.States; s++)
        {
            var (column, line) = world.CellOf(s);
            uint best = Greedy.Of(agent.Q.AsSpan(s * actions, actions)).Actions;
            for (int a = 0; a < actions; a++, row++)
                (state[row], x[row], y[row], action[row], greedy[row]) = (s, column, line, a, (best >> a & 1) != 0);
        }

        bool hasLabels = world.LabelOf(0).Length > 0;
        return new Frame([Columns.Of("state", state), Columns.Of("x", x), Columns.Of("y", y),
            .. hasLabels ? [Columns.Of("label", state.Select(world.LabelOf))] : Array.Empty<DataFrameColumn>(),
            Columns.Of("action", action), Columns.Of("q", agent.Q.AsSpan()),
            Columns.Of("visits", agent.Visits.AsSpan()), Columns.Of("is_greedy", greedy), solution is null
            ? Columns.Missing("q_optimal", rows) : Columns.Of("q_optimal", solution.OptimalQ.AsSpan())]);
    }

    /// <summary>
    /// Gets the metrics of the episodes. The table has one row per episode if there are at most <see cref="MostEpisodes"/> episodes and all
    /// their raw rows are stored. Otherwise, or if <paramref name="points"/> is set, a row is the mean of several episodes. Columns:
    /// episode (the first of the row), return, length, terminated, truncated, epsilon, learning_rate, mean_q (missing in means, or if not
    /// sampled), episodes (the number of episodes in the row), return_min, return_max, return_std.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="start">The first episode, from 1. Default: 1.</param>
    /// <param name="end">The last episode. Default: null, the last episode that has ended.</param>
    /// <param name="points">The maximum number of rows, at least 1. Default: null, one row per episode if possible.</param>
    /// <exception cref="InputException">A value is out of range.</exception>
    public static DataFrame Metrics(this RunView run, long start = 1, long? end = null, int? points = null)
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
        return count == 0 ? Singly(run, start, 0)! : Frame(EpisodeColumns.Of(run.Specification.IsPlanned),
            run.MetricBuckets(start, last, most), run.LengthBuckets(start, last, most));
    }

    /// <summary>
    /// Gets the action values of a state over the run, replayed, with one row per point: episode, q_up, q_right … (one per action), greedy
    /// (the names of the actions with the greatest value). <see cref="RunView.HistoryOf"/> returns every change of the greedy actions.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="state">Number of the state, row by row from 0.</param>
    /// <param name="points">Number of episodes, evenly spaced, from 2 to 10,000. Default 500.</param>
    /// <exception cref="InputException">The state does not exist, or the number of points is out of range.</exception>
    public static DataFrame History(this RunView run, int state, int points = 500)
    {
        ArgumentNullException.ThrowIfNull(run);
        var rows = run.HistoryOf(state, points).Points;
        return new Frame([Columns.Of("episode", rows.Select(p => p.Episode).ToArray()),
            .. run.World.ActionNames.Select((name, a) => Columns.Of($"q_{name}", rows.Select(p => p.Q[a]).ToArray())),
            Columns.Of("greedy", rows.Select(p => string.Join(", ",
                run.World.ActionNames.Where((_, a) => p.Q[a] == p.Q.Max()))))]);
    }

    /// <summary>Gets one row per event: seq, episode, event, param, old_value, new_value (JSON), message, timestamp (UTC).</summary>
    public static DataFrame Events(this RunView run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return GridWorld.Frame.Of(RunTables.EventColumns, run.EventLog);
    }

    /// <summary>
    /// Gets one row per checkpoint, oldest first: episode, step, name (missing for automatic checkpoints), timestamp (UTC).
    /// </summary>
    public static DataFrame Checkpoints(this RunView run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return GridWorld.Frame.Of(RunTables.CheckpointColumns, run.CheckpointList);
    }

    /// <summary>
    /// One row per episode, filled page by page, because creating a million records at once takes longer than the table.
    /// Null if not all rows are stored.
    /// </summary>
    static DataFrame? Singly(RunView run, long start, int count)
    {
        const int page = 16_384;
        var columns = EpisodeColumns.Of(run.Specification.IsPlanned);
        var cells = Array.ConvertAll(columns, column => Columns.Room(column, count));
        for (int row = 0; row < count;)
        {
            var records = run.RawEpisodes(start + row, Math.Min(page, count - row));
            if (records.Length == 0 || records[0].Episode != start + row)
                return null;
            foreach (var column in columns)
                Columns.Fill(cells[column.Place], row, column, records);
            row += records.Length;
        }

        var ones = new long[count];
        Array.Fill(ones, 1);
        var returns = (double[])cells[EpisodeColumns.Return.Place];
        return Frame(columns, column => Columns.Of(column.Name, cells[column.Place]), ones, returns, returns, new double[count]);
    }

    /// <summary>One row per bucket. Columns that have no mean are missing.</summary>
    static DataFrame Frame(EpisodeColumn[] columns, IReadOnlyList<MetricBucket> returns, IReadOnlyList<MetricBucket> lengths)
    {
        var mean = lengths.ToDictionary(b => b.Start, b => b.Mean);
        return Frame(
            columns, column => column == EpisodeColumns.Episode ? Columns.Of(column.Name, Each(b => b.Start))
                : column == EpisodeColumns.Return ? Columns.Of(column.Name, Each(b => b.Mean))
                : column == EpisodeColumns.Length ? Columns.Of(column.Name, Each(MeanLength))
                : column.IsFlag ? Columns.Of(column.Name, new bool?[returns.Count])
                : Columns.Missing(column.Name, returns.Count),
            Each(b => b.Count), Each(b => b.Min), Each(b => b.Max), Each(b => b.Std));

        T[] Each<T>(Func<MetricBucket, T> read) => [.. returns.Select(read)];

        double? MeanLength(MetricBucket bucket) => mean.TryGetValue(bucket.Start, out double length) ? length : null;
    }

    static Frame Frame(EpisodeColumn[] columns, Func<EpisodeColumn, DataFrameColumn> of, long[] episodes, double[] min, double[] max,
        double[] std) =>
        new([.. columns.Select(of), Columns.Of("episodes", episodes),
            Columns.Of("return_min", min), Columns.Of("return_max", max), Columns.Of("return_std", std)]);
}
