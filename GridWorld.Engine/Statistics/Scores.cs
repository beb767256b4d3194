using System.Globalization;

namespace GridWorld;

/// <summary>
/// The scores of one agent: for every task, one score per run. The common case is one task, such as the returns of 30 seeds in one world.
/// The aggregates are those of Agarwal et al., "Deep Reinforcement Learning at the Edge of the Statistical Precipice", NeurIPS 2021
/// (rliable). They do not depend on the order of the runs. The order of the tasks identifies the tasks.
/// </summary>
public sealed class Scores
{
    readonly double[][] tasks;

    Scores(double[][] tasks) => this.tasks = tasks;

    /// <summary>Creates the scores of one task.</summary>
    /// <param name="values">One finite score per run, at least one.</param>
    /// <exception cref="InputException">There is no score, or a score is NaN or infinite.</exception>
    public static Scores Of(params IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return OfTasks([values]);
    }

    /// <summary>Creates the scores of several tasks, which may have different numbers of runs.</summary>
    /// <param name="tasks">For each task, one finite score per run. Make scores of different tasks comparable first, for example as
    /// (score − random) / (optimal − random).</param>
    /// <exception cref="InputException">There is no task, a task has no score, or a score is NaN or infinite.</exception>
    public static Scores OfTasks(IReadOnlyList<IReadOnlyList<double>> tasks)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        var faults = new Faults().Require(tasks.Count > 0, "Scores need at least one task (got none).");
        for (int t = 0; t < tasks.Count; t++)
            Check(faults, tasks[t], tasks.Count == 1 ? "The task" : $"Task {t}");
        faults.ThrowIfAny();
        return new([.. tasks.Select(scores => scores.Order().ToArray())]);
    }

    /// <summary>Creates the scores of several tasks from a table of runs × tasks, the layout of rliable.</summary>
    /// <param name="runs">For each run, one finite score per task; all runs have the same tasks.</param>
    /// <exception cref="InputException">The table is empty or not rectangular, or a score is NaN or infinite.</exception>
    public static Scores OfRuns(IReadOnlyList<IReadOnlyList<double>> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        new Faults().Require(runs.Count > 0, "Scores need at least one run (got none).")
            .Require(runs.All(run => run is { Count: > 0 } && run.Count == runs[0].Count),
            "Every run must have one score per task, and the same tasks as the others. Use OfTasks if the numbers of runs differ.")
            .ThrowIfAny();
        return OfTasks([.. Enumerable.Range(0, runs[0].Count).Select(t => runs.Select(run => run[t]).ToArray())]);
    }

    /// <summary>Number of tasks.</summary>
    public int TaskCount => tasks.Length;

    /// <summary>Number of scores of all tasks.</summary>
    public int Count => tasks.Sum(t => t.Length);

    /// <summary>The mean over tasks of each task's mean.</summary>
    public double Mean => Value(Aggregate.Mean);

    /// <summary>The median over tasks of each task's mean.</summary>
    public double Median => Value(Aggregate.Median);

    /// <summary>The mean of the middle half of all scores (IQM).</summary>
    public double InterquartileMean => Value(Aggregate.InterquartileMean);

    /// <summary>Returns γ − mean(min(score, γ)), every task with the same weight.</summary>
    /// <param name="gamma">The target score γ, finite. Default 1: the optimum, or a human, of normalized scores.</param>
    /// <exception cref="InputException"><paramref name="gamma"/> is NaN or infinite.</exception>
    public double OptimalityGap(double gamma = 1) => Value(Aggregate.OptimalityGap, gamma);

    /// <summary>Returns an aggregate of the scores.</summary>
    /// <param name="aggregate">The aggregate.</param>
    /// <param name="gamma">The target score of the optimality gap; other aggregates ignore it.</param>
    /// <exception cref="InputException">The aggregate is unknown, or <paramref name="gamma"/> is NaN or infinite.</exception>
    public double Value(Aggregate aggregate, double gamma = 1) => Statistic(aggregate, gamma).Estimate(out _);

    /// <summary>Returns an aggregate with its confidence interval.</summary>
    /// <param name="aggregate">The aggregate.</param>
    /// <param name="bootstrap">Method, level and resamples; null for the defaults.</param>
    /// <param name="gamma">The target score of the optimality gap; other aggregates ignore it.</param>
    /// <exception cref="InputException">A task has a single run, which has no interval, or an option is out of range.</exception>
    public ConfidenceInterval Interval(Aggregate aggregate, Bootstrap? bootstrap = null, double gamma = 1)
    {
        RequireRuns(2);
        return Resampling.Interval(Statistic(aggregate, gamma), bootstrap ?? Bootstrap.Default);
    }

    /// <summary>
    /// Returns the performance profile: for every threshold the share of runs with a score above it (strictly), averaged over tasks.
    /// </summary>
    /// <param name="thresholds">The thresholds τ, in the unit of the scores.</param>
    public IReadOnlyList<double> Profile(params IReadOnlyList<double> thresholds) =>
        [.. Guard.NotNull(thresholds).Select(tau => tasks.Sum(t => (double)t.Count(v => v > tau) / t.Length) / tasks.Length)];

    /// <summary>Returns for every threshold the share of tasks whose mean score is above it (strictly).</summary>
    /// <param name="thresholds">The thresholds τ, in the unit of the scores.</param>
    public IReadOnlyList<double> ProfileOfTaskMeans(params IReadOnlyList<double> thresholds)
    {
        double[] means = [.. tasks.Select(t => t.Sum() / t.Length)];
        return [.. Guard.NotNull(thresholds).Select(tau => (double)means.Count(mean => mean > tau) / means.Length)];
    }

    /// <summary>
    /// Returns the probability that a run of these scores is above a run of the others on the same task; ties count half. Mean over tasks
    /// of U / (n m), Mann and Whitney, 1947. It measures how often, not by how much.
    /// </summary>
    /// <param name="over">The scores of the other agent on the same tasks, in the same order.</param>
    /// <exception cref="InputException">The numbers of tasks differ.</exception>
    public double ProbabilityOfImprovement(Scores over) => Against(over).Estimate(out _);

    /// <summary>Returns the probability of improvement with its interval. Both sides are resampled independently.</summary>
    /// <param name="over">The scores of the other agent on the same tasks, in the same order.</param>
    /// <param name="bootstrap">
    /// Level and resamples; null for the defaults. A studentized interval is replaced by an expanded percentile interval.
    /// </param>
    /// <exception cref="InputException">The numbers of tasks differ, a task has a single run, or an option is out of range.</exception>
    public ConfidenceInterval ProbabilityOfImprovementInterval(Scores over, Bootstrap? bootstrap = null)
    {
        var statistic = Against(over);
        RequireRuns(2);
        over.RequireRuns(2);
        return Resampling.Interval(statistic, bootstrap ?? Bootstrap.Default);
    }

    internal Statistic Statistic(Aggregate aggregate, double gamma = 1)
    {
        new Faults().Require(Enum.IsDefined(aggregate),
            $"Aggregate must be one of {string.Join(", ", Enum.GetNames<Aggregate>())} (got {aggregate}).")
            .Require(double.IsFinite(gamma), $"Gamma must be finite (got {Printable.Number(gamma)}). Use 1 for normalized scores.")
            .ThrowIfAny();
        return aggregate switch
        {
            Aggregate.InterquartileMean => new InterquartileMean(tasks),
            Aggregate.OptimalityGap => StratifiedMean.OptimalityGap(tasks, gamma),
            Aggregate.Median when tasks.Length > 1 => new MedianOfMeans(tasks),
            _ => StratifiedMean.OverTasks(tasks),
        };
    }

    internal Statistic Against(Scores over)
    {
        ArgumentNullException.ThrowIfNull(over);
        new Faults().Require(over.TaskCount == TaskCount,
            $"Both sides must have scores of the same tasks (got {TaskCount} and {over.TaskCount} tasks).").ThrowIfAny();
        return new ProbabilityOfImprovement(tasks, over.tasks);
    }

    void RequireRuns(int least)
    {
        var faults = new Faults();
        for (int t = 0; t < tasks.Length; t++)
        {
            faults.Require(tasks[t].Length >= least, $"An interval needs at least {least} runs per task (got {tasks[t].Length}"
                + $"{(tasks.Length == 1 ? "" : $" for task {t}")}). Train more seeds.");
        }

        faults.ThrowIfAny();
    }

    /// <summary>Records every score that is missing or not finite.</summary>
    internal static void Check(Faults faults, IReadOnlyList<double>? scores, string name)
    {
        faults.Require(scores is { Count: > 0 }, $"{name} must have at least one score (got none).");
        for (int i = 0; i < scores?.Count; i++)
        {
            faults.Require(double.IsFinite(scores[i]), string.Create(CultureInfo.InvariantCulture,
                $"{name} must have finite scores (score {i} is {scores[i]}). Leave out the run, or score it by its last finite value."));
        }
    }
}
