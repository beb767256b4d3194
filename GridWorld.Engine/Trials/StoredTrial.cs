namespace GridWorld;

/// <summary>A trial as its file has it.</summary>
/// <param name="Trial">Its number, from 1.</param>
/// <param name="World">The name of its world.</param>
/// <param name="WorldHash">The hash of its world.</param>
/// <param name="Learner">The name of its learner.</param>
/// <param name="Settings">What the sweep varies, as JSON.</param>
/// <param name="Options">All options of the learner, as JSON.</param>
/// <param name="MaxSteps">The step limit; null for the world's.</param>
/// <param name="Purpose">"tune", or "test" for the best settings on fresh seeds.</param>
/// <param name="SameAs">The earlier trial with the same settings, whose results these are; null if there is none.</param>
/// <param name="State">Its state.</param>
/// <param name="Episodes">Number of episodes that each seed is to train.</param>
/// <param name="Objective">The value of the objective; null until the trial has ended.</param>
/// <param name="Hash">The hash of its seeds' hashes; null until the trial has ended.</param>
/// <param name="Message">Why it failed; null if it did not.</param>
internal sealed record StoredTrial(long Trial, string World, string WorldHash, string Learner, string Settings, string Options,
    long? MaxSteps, string Purpose, long? SameAs, TrialState State, long Episodes, double? Objective, string? Hash, string? Message)
{
    public const string Tune = "tune", Test = "test";
}
