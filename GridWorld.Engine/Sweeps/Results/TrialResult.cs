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
