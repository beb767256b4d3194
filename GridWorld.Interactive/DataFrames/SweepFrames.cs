using Microsoft.Data.Analysis;

namespace GridWorld;

/// <summary>A sweep as tables, in its current state.</summary>
public static class SweepFrames
{
    /// <summary>
    /// Gets one row per trial: trial, world, learner, one column per varied or fixed setting (missing where a trial does not have it),
    /// state, episodes, objective, is_test, same_as, hash, error.
    /// </summary>
    public static DataFrame Trials(this SweepView sweep)
    {
        var trials = Guard.NotNull(sweep).TrialResults();
        return new Frame([
            Columns.Of("trial", trials.Select(t => t.Number).ToArray()), Columns.Of("world", trials.Select(t => t.World)),
            Columns.Of("learner", trials.Select(t => t.Learner)), .. Settings(trials.Select(t => t.Settings).ToList()),
            Columns.Of("state", trials.Select(t => SeedTable.Word(t.State))),
            Columns.Of("episodes", trials.Select(t => t.Episodes).ToArray()),
            Columns.Of("objective", trials.Select(t => t.Objective).ToArray()),
                Columns.Of("is_test", trials.Select(t => t.IsTest).ToArray()),
            Columns.Of("same_as", (Array)trials.Select(t => t.SameAs).ToArray()), Columns.Of("hash", trials.Select(t => t.Hash)),
            Columns.Of("error", trials.Select(t => t.Error))]);
    }

    /// <summary>
    /// Gets one row per world and learner: world, learner, trial, its settings, objective (on the seeds that it was chosen by),
    /// test_objective (on fresh seeds), low and high (the 95 % interval of the latter).
    /// </summary>
    public static DataFrame Best(this SweepView sweep)
    {
        var best = Guard.NotNull(sweep).BestTrials();
        return new Frame([
            Columns.Of("world", best.Select(b => b.World)), Columns.Of("learner", best.Select(b => b.Learner)),
            Columns.Of("trial", best.Select(b => b.Trial).ToArray()), .. Settings(best.Select(b => b.Settings).ToList()),
            Columns.Of("objective", best.Select(b => b.Objective).ToArray()),
            Columns.Of("test_objective", best.Select(b => b.TestObjective).ToArray()),
            Columns.Of("low", best.Select(b => b.Interval?.Low).ToArray()),
                Columns.Of("high", best.Select(b => b.Interval?.High).ToArray())]);
    }

    /// <summary>
    /// Gets one row per varied setting, with its share in the importance for the objective: setting, share (see
    /// <see cref="SweepView.Importances"/>).
    /// </summary>
    /// <param name="sweep">The sweep.</param>
    /// <param name="world">The world. Default: the sweep's only world.</param>
    /// <param name="learner">The learner. Default: the sweep's only learner.</param>
    /// <exception cref="InputException">The sweep has several worlds or learners and none is named, or too few trials have
    /// ended.</exception>
    public static DataFrame Importance(this SweepView sweep, string? world = null, string? learner = null)
    {
        var shares = Guard.NotNull(sweep).Importances(world, learner);
        return new Frame(Columns.Of("setting", shares.Select(s => s.Name)), Columns.Of("share", shares.Select(s => s.Share).ToArray()));
    }

    static IEnumerable<DataFrameColumn> Settings(List<SearchPoint> points)
    {
        foreach (string name in points.SelectMany(p => p.Keys).Distinct())
        {
            SearchValue?[] values = [.. points.Select(p => p.TryGetValue(name, out var value) ? value : (SearchValue?)null)];
            yield return Array.TrueForAll(values, v => v?.Number is not null || v is null)
                ? Columns.Of(name, Array.ConvertAll(values, v => v?.Number)) : Columns.Of(name, values.Select(v => v?.ToString()));
        }
    }
}
