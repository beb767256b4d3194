namespace GridWorld;

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
