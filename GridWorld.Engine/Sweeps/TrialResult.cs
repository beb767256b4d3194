namespace GridWorld;

/// <summary>A trial of a sweep.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="World">Its world, as the sweep names it.</param>
/// <param name="Learner">The name of its learner.</param>
/// <param name="Settings">The fixed settings that apply, then those that the sweep varies.</param>
/// <param name="State">Its state.</param>
/// <param name="Episodes">Number of episodes that each seed is to train, as far as the pruner has let it go.</param>
/// <param name="Objective">The mean over its seeds of what the sweep optimizes; null until it has ended, and if it failed.</param>
/// <param name="IsTest">Whether it tests the best settings of a world and learner on fresh seeds.</param>
/// <param name="SameAs">The earlier trial with the same settings, whose results these are; null if there is none.</param>
/// <param name="Hash">The hash of the final tables of its seeds; null until it has ended.</param>
/// <param name="Error">Why it failed; null if it did not.</param>
public sealed record TrialResult(long Number, string World, string Learner, SearchPoint Settings, TrialState State, long Episodes,
    double? Objective, bool IsTest, long? SameAs, string? Hash, string? Error)
{
    internal static TrialResult Of(StoredTrial trial) => new(trial.Trial, trial.World, trial.Learner, SearchPoint.FromJson(trial.Settings),
        trial.State, trial.Episodes, trial.Objective, trial.Purpose == StoredTrial.Test, trial.SameAs, trial.Hash, trial.Message);
}

/// <summary>The best settings of a world and a learner, and how they did on fresh seeds.</summary>
/// <param name="World">The world, as the sweep names it.</param>
/// <param name="Learner">The name of the learner.</param>
/// <param name="Trial">The number of the best trial.</param>
/// <param name="Settings">Its settings.</param>
/// <param name="Objective">Its objective on the seeds that it was chosen by, which is too good.</param>
/// <param name="TestObjective">The objective on fresh seeds; null until they have ended.</param>
/// <param name="Interval">The 95 % interval of the test objective; null for fewer than two fresh seeds.</param>
public sealed record BestTrial(string World, string Learner, long Trial, SearchPoint Settings, double Objective, double? TestObjective,
    ConfidenceInterval? Interval);

/// <summary>The status of a sweep at one moment.</summary>
/// <param name="Id">The id of the sweep.</param>
/// <param name="Name">The display name.</param>
/// <param name="State">The state of the sweep.</param>
/// <param name="Trials">Number of trials, without the tests of the best ones.</param>
/// <param name="Ended">Number of trials that have ended.</param>
/// <param name="Failed">Number of trials that failed.</param>
/// <param name="Steps">Number of steps of all runs.</param>
/// <param name="Seconds">Seconds of training so far.</param>
/// <param name="Message">Why the sweep failed, or why its file cannot be written; null if all is well.</param>
public sealed record SweepStatus(string Id, string Name, RunState State, long Trials, long Ended, long Failed, long Steps, double Seconds,
    string? Message)
{
    /// <summary>
    /// Seconds until the last trial ends if the others take as long as those that have ended; null while that is unknown.
    /// </summary>
    public double? SecondsLeft => State == RunState.Training && Ended > 0 && Seconds > 0 ? Seconds / Ended * (Trials - Ended) : null;
}
