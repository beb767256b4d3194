namespace GridWorld;

/// <summary>The best trial of each world and learner so far, and the test of its settings on fresh seeds.</summary>
internal sealed class TrialWinners
{
    readonly Dictionary<(string World, string Learner), (TrialResult? Winner, TrialResult? Test)> found = [];

    public static TrialWinners Of(IEnumerable<TrialResult> trials, string objective)
    {
        var winners = new TrialWinners();
        bool higher = SweepObjectives.Parse(objective).HigherIsBetter;
        foreach (var trial in trials.Where(t => t is { State: TrialState.Done, Objective: not null }))
            winners.Take(trial, higher);
        return winners;
    }

    /// <summary>The winners with what their tests came to.</summary>
    /// <param name="seeds">Reads the results of the seeds of a trial.</param>
    public IReadOnlyList<BestTrial> Best(Func<long, IReadOnlyList<SeedResult>> seeds)
    {
        var best = new List<BestTrial>();
        foreach (var (winner, test) in found.Values)
        {
            if (winner is null)
                continue;
            double[] scores = test is null ? [] : [.. seeds(test.Number).Select(s => s.Score ?? double.NaN)];
            best.Add(new(winner.World, winner.Learner, winner.Number, winner.Settings, winner.Objective!.Value, test?.Objective,
                scores.Length < 2 || !Array.TrueForAll(scores, double.IsFinite) ? null : Scores.Of(scores).Interval(Aggregate.Mean)));
        }

        return best;
    }

    void Take(TrialResult trial, bool higher)
    {
        var (winner, test) = found.GetValueOrDefault((trial.World, trial.Learner));
        if (trial.IsTest)
            test ??= trial;
        else if (winner is null || (higher ? trial.Objective > winner.Objective : trial.Objective < winner.Objective))
            winner = trial;
        found[(trial.World, trial.Learner)] = (winner, test);
    }
}
