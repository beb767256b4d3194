namespace GridWorld;

/// <summary>An ensemble or a sweep in a list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its display name.</param>
/// <param name="IsEnsemble">Whether it is an ensemble: many seeds of one specification.</param>
/// <param name="State">What it is doing; <see cref="RunState.Interrupted"/> if its process is gone.</param>
/// <param name="World">The name of its world, or its worlds.</param>
/// <param name="Learner">The name of its learner, or its learners.</param>
/// <param name="Created">When it began.</param>
/// <param name="Trials">Number of trials; 1 for an ensemble.</param>
/// <param name="Ended">Number of trials that have ended.</param>
/// <param name="Steps">Number of steps of all its runs.</param>
/// <param name="Path">The path of its file.</param>
/// <param name="Error">What is wrong with its file; null if nothing is.</param>
public sealed record SweepSummary(string Id, string Name, bool IsEnsemble, RunState State, string World, string Learner,
    DateTimeOffset Created, long Trials, long Ended, long Steps, string Path, string? Error = null);
