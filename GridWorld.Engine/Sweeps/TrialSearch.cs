namespace GridWorld;

/// <summary>Where a trial stands in the search of its group.</summary>
/// <param name="number">Its number in the file, from 1.</param>
/// <param name="place">Its number in the group, from 0; -1 for the test of the group's best trial.</param>
/// <param name="trial">What it trains.</param>
/// <param name="bracket">The trials that share its rungs.</param>
/// <param name="seeds">Number of seeds.</param>
/// <param name="isTest">Whether it tests the group's best trial on fresh seeds.</param>
internal sealed class TrialSearch(long number, int place, SweepTrial trial, Bracket bracket, int seeds, bool isTest = false)
{
    readonly double[] scores = new double[seeds];
    readonly long[] steps = new long[seeds];
    readonly string?[] hashes = new string?[seeds];
    string? error;
    ulong errorSeed;

    public long Number => number;

    public int Place => place;

    public SweepTrial Trial => trial;

    public Bracket Bracket => bracket;

    public bool IsTest => isTest;

    /// <summary>The earlier trial with the same settings, whose results these are.</summary>
    public TrialSearch? SameAs { get; init; }

    /// <summary>The trial that it races against; null for none.</summary>
    public TrialSearch? Incumbent { get; init; }

    public int Rung { get; private set; }

    /// <summary>Number of seeds that were handed out in this rung.</summary>
    public int Asked { get; set; }

    /// <summary>Number of seeds with a score in this rung.</summary>
    public int Known { get; private set; }

    public TrialState State { get; private set; } = TrialState.Waiting;

    public bool IsEnded => State is TrialState.Done or TrialState.Pruned or TrialState.Failed;

    /// <summary>The mean score over the seeds of the last complete rung; NaN for a trial that failed.</summary>
    public double Objective { get; private set; } = double.NaN;

    /// <summary>Whether <see cref="Objective"/> is that of the current rung.</summary>
    public bool HasObjective { get; private set; }

    /// <summary>The objective at the end of the first rung; null before that.</summary>
    public double? FirstScore { get; private set; }

    /// <summary>Number of steps of all seeds.</summary>
    public long Steps => steps.Sum();

    public string? Error => error;

    /// <summary>The hash of the seeds' hashes in their order; null until the trial has ended.</summary>
    public string? Hash { get; private set; }

    /// <summary>The scores of the first seeds.</summary>
    public IReadOnlyList<double> Scores(int count) => scores[..count];

    public void Begin() => State = TrialState.Running;

    /// <summary>Takes the result of a seed.</summary>
    /// <returns>Number of steps since its last result.</returns>
    public long Take(SweepOutcome outcome)
    {
        int at = outcome.Unit.Place;
        long taken = outcome.Result.Steps - steps[at];
        (scores[at], steps[at], hashes[at]) = (outcome.Result.Score ?? double.NaN, outcome.Result.Steps, outcome.Result.Hash);
        Known++;
        if (outcome.Result.State == TrialState.Failed && (error is null || outcome.Unit.Seed < errorSeed))
            (error, errorSeed) = (outcome.Result.Error, outcome.Unit.Seed);
        return taken;
    }

    /// <summary>Ends a rung: reckons the objective over the seeds that have one.</summary>
    public void EndRung()
    {
        double sum = 0;
        for (int k = 0; k < Known; k++)
            sum += scores[k];
        (Objective, HasObjective) = (error is null ? sum / Known : double.NaN, true);
        FirstScore ??= Objective;
    }

    public void NextRung() => (Rung, Asked, Known, HasObjective) = (Rung + 1, 0, 0, false);

    public void End(TrialState state)
    {
        State = error is null && !double.IsNaN(Objective) ? state : TrialState.Failed;
        var text = new StateWriter();
        for (int k = 0; k < Known; k++)
            text.Write<char>($"{k}", hashes[k] ?? "");
        Hash = text.Hash();
    }

    /// <summary>Takes over what an equal trial came to.</summary>
    public void EndAs(TrialSearch other) => (State, Objective, HasObjective, FirstScore, error, Hash) =
        (other.State, other.Objective, true, other.FirstScore, other.Error, other.Hash);
}
