using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Analysis;

namespace GridWorld;

/// <summary>
/// A comparison of runs, with one row per run: run_id, name, state, world, learner, seed (text, because it can exceed a long), episodes,
/// steps, steps_per_second, learning_rate, discount_factor, epsilon, mean_return_last_100, greedy_value, optimal_value, optimal_return,
/// optimal_action_share. Unknown values are missing. Runs in training are compared as of the moment the comparison was created.
/// </summary>
[TypeFormatterSource(typeof(CellOutputFormatters), PreferredMimeTypes = [MimeTypes.Html, MimeTypes.Text])]
public sealed class RunComparison : DataFrame, ICellOutput
{
    static readonly Column<RunMoment>[] columns = RunColumns.All.Without("parent_run_id", "parent_episode", "world_hash", "target_episodes",
        "max_steps", "truth_message", "q_checksum", "events", "checkpoints", "message");

    RunComparison(IReadOnlyList<RunView> runs, RunStatus[] moment, DataFrameColumn[] columns) : base(columns) =>
        (Runs, Moment) = (runs, moment);

    /// <summary>
    /// The status of each run at the moment of the comparison. The table, the curves and the chart show no later episode.
    /// </summary>
    internal IReadOnlyList<RunStatus> Moment { get; }

    internal IReadOnlyList<(RunView Run, RunStatus Status)> Shown => [.. Runs.Zip(Moment)];

    /// <summary>The runs.</summary>
    public IReadOnlyList<RunView> Runs { get; }

    /// <summary>
    /// Gets the learning curves of all runs: run (the name), episode (the first of the row), return (mean), return_min, return_max,
    /// return_std, length (mean), episodes (the number of episodes in the row).
    /// </summary>
    /// <param name="points">The maximum number of rows per run, at least 1. Default: 200.</param>
    /// <exception cref="InputException">The number is below 1.</exception>
    public DataFrame Curves(int points = 200)
    {
        var rows = Shown.SelectMany(shown =>
        {
            var (run, status) = shown;
            var lengths = run.LengthBuckets(1, status.Episodes, points).ToDictionary(b => b.Start, b => b.Mean);
            return run.MetricBuckets(1, status.Episodes, points)
                .Select(b => (run.Name, Bucket: b, Length: lengths.TryGetValue(b.Start, out double length) ? length : (double?)null));
        }).ToArray();
        return new Frame(GridWorld.Columns.Of("run", rows.Select(r => r.Name)),
            GridWorld.Columns.Of("episode", Array.ConvertAll(rows, r => r.Bucket.Start)),
            GridWorld.Columns.Of("return", Array.ConvertAll(rows, r => r.Bucket.Mean)),
            GridWorld.Columns.Of("return_min", Array.ConvertAll(rows, r => r.Bucket.Min)),
            GridWorld.Columns.Of("return_max", Array.ConvertAll(rows, r => r.Bucket.Max)),
            GridWorld.Columns.Of("return_std", Array.ConvertAll(rows, r => r.Bucket.Std)),
            GridWorld.Columns.Of("length", Array.ConvertAll(rows, r => r.Length)),
            GridWorld.Columns.Of("episodes", Array.ConvertAll(rows, r => r.Bucket.Count)));
    }

    /// <summary>Draws the learning curves in one chart: the mean return of each run.</summary>
    [RequiresUnreferencedCode(RunChart.Needs), RequiresDynamicCode(RunChart.Needs)]
    public RunChart Chart() => CurveChart.Of(Shown);

    internal static RunComparison Of(IReadOnlyList<RunView> runs)
    {
        new Faults().Require(runs.Count > 0, "Name at least one run to compare.").ThrowIfAny();
        RunOutput.AwaitNews(runs);
        RunMoment[] moments = [.. runs.Select(RunMoment.Of)];
        return new(runs, Array.ConvertAll(moments, m => m.Status),
            Array.ConvertAll(columns, c => GridWorld.Columns.Of(c.Name, c.Values(moments))));
    }

    /// <summary>The table as text.</summary>
    public override string ToString() => FrameOutput.Text(this);

    CellOutput ICellOutput.Output() => ComparisonOutput.Of(this);
}
