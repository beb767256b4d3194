using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Analysis;

namespace GridWorld;

/// <summary>
/// Runs side by side, one row per run: run_id, name, state, world, learner, seed (as text: it may exceed a long), episodes, steps, steps_per_second, learning_rate, discount_factor,
/// epsilon, mean_return_last_100, greedy_value, optimal_value, optimal_return, optimal_action_share (missing where they are not known). Runs that still train
/// are compared as they stood when this was made.
/// </summary>
[TypeFormatterSource(typeof(CellOutputFormatters), PreferredMimeTypes = [MimeTypes.Html, MimeTypes.Text])]
public sealed class RunComparison : DataFrame, ICellOutput
{
    RunComparison(RunView[] runs, RunStatus[] moment, DataFrameColumn[] columns) : base(columns) => (Runs, Moment) = (runs, moment);

    /// <summary>How each run stood when they were compared: the table, the curves and the chart show no later episode.</summary>
    internal IReadOnlyList<RunStatus> Moment { get; }

    internal IReadOnlyList<(RunView Run, RunStatus Status)> Shown => [.. Runs.Zip(Moment)];

    /// <summary>The runs.</summary>
    public IReadOnlyList<RunView> Runs { get; }

    /// <summary>
    /// The learning curves one below the other: run (its name), episode (the first of the row), return (mean), return_min, return_max, return_std, length (mean),
    /// episodes (how many the row stands for).
    /// </summary>
    /// <param name="points">The most rows a run, at least 1. Default 200.</param>
    /// <exception cref="InputException">The number is below 1.</exception>
    public DataFrame Curves(int points = 200)
    {
        var rows = Shown.SelectMany(shown =>
        {
            var (run, status) = shown;
            var lengths = run.Lengths(1, status.Episodes, points).ToDictionary(b => b.Start, b => b.Mean);
            return run.Metrics(1, status.Episodes, points).Select(b => (run.Name, Bucket: b, Length: lengths.TryGetValue(b.Start, out double length) ? length : (double?)null));
        }).ToArray();
        return new Frame(GridWorld.Columns.Of("run", rows.Select(r => r.Name)), GridWorld.Columns.Of("episode", Array.ConvertAll(rows, r => r.Bucket.Start)),
            GridWorld.Columns.Of("return", Array.ConvertAll(rows, r => r.Bucket.Mean)), GridWorld.Columns.Of("return_min", Array.ConvertAll(rows, r => r.Bucket.Min)),
            GridWorld.Columns.Of("return_max", Array.ConvertAll(rows, r => r.Bucket.Max)), GridWorld.Columns.Of("return_std", Array.ConvertAll(rows, r => r.Bucket.Std)),
            GridWorld.Columns.Of("length", Array.ConvertAll(rows, r => r.Length)), GridWorld.Columns.Of("episodes", Array.ConvertAll(rows, r => r.Bucket.Count)));
    }

    /// <summary>The learning curves over each other: the mean return of each run.</summary>
    [RequiresUnreferencedCode(RunChart.Needs), RequiresDynamicCode(RunChart.Needs)]
    public RunChart Chart() => CurveChart.Of(Shown);

    internal static RunComparison Of(RunView[] runs)
    {
        new Faults().Require(runs.Length > 0, "Name at least one run to compare.").ThrowIfAny();
        RunOutput.AwaitNews(runs);
        foreach (var run in runs)
            run.SettleTruth(); // first: a status without it sets off a second reckoning
        var now = Array.ConvertAll(runs, r => r.Status());
        return new(runs, now,
        [
            GridWorld.Columns.Of("run_id", runs.Select(r => r.Id)),
            GridWorld.Columns.Of("name", runs.Select(r => r.Name)),
            GridWorld.Columns.Of("state", now.Select(s => s.State.ToString().ToLowerInvariant())),
            GridWorld.Columns.Of("world", runs.Select(r => r.World.Name)),
            GridWorld.Columns.Of("learner", runs.Select(r => r.Specification.Learner.Name)),
            GridWorld.Columns.Of("seed", runs.Select(r => r.Specification.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture))),
            GridWorld.Columns.Of("episodes", Array.ConvertAll(now, s => s.Episodes)),
            GridWorld.Columns.Of("steps", Array.ConvertAll(now, s => s.Steps)),
            GridWorld.Columns.Of("steps_per_second", Array.ConvertAll(now, s => s.StepsPerSecond)),
            GridWorld.Columns.Of("learning_rate", Array.ConvertAll(now, s => s.LearningRate)),
            GridWorld.Columns.Of("discount_factor", Array.ConvertAll(now, s => s.DiscountFactor)),
            GridWorld.Columns.Of("epsilon", Array.ConvertAll(now, s => s.Epsilon)),
            GridWorld.Columns.Of("mean_return_last_100", Array.ConvertAll(now, s => s.MeanReturnLast100)),
            GridWorld.Columns.Of("greedy_value", Array.ConvertAll(now, s => s.GreedyValue)),
            GridWorld.Columns.Of("optimal_value", Array.ConvertAll(now, s => s.OptimalValue)),
            GridWorld.Columns.Of("optimal_return", Array.ConvertAll(now, s => s.OptimalReturn)),
            GridWorld.Columns.Of("optimal_action_share", Array.ConvertAll(now, s => s.OptimalActionShare)),
        ]);
    }

    /// <summary>The table as text.</summary>
    public override string ToString() => FrameOutput.Text(this);

    CellOutput ICellOutput.Output() => ComparisonOutput.Of(this);
}
