namespace GridWorld;

/// <summary>The action values of a state after an episode.</summary>
/// <param name="Episode">Number of the episode; 0 is untrained.</param>
/// <param name="Q">Action values Q(S, ·), one per action.</param>
public sealed record QRowAt(long Episode, IReadOnlyList<double> Q);
