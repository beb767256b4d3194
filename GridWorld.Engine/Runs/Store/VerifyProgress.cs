namespace GridWorld;

/// <summary>The progress of a verification.</summary>
/// <param name="RunId">The id of the run.</param>
/// <param name="Episode">Number of episodes compared so far.</param>
/// <param name="Episodes">Number of episodes of the run.</param>
public readonly record struct VerifyProgress(string RunId, long Episode, long Episodes);
