namespace GridWorld;

/// <summary>The metrics of one episode, or of one pass of a planner.</summary>
/// <param name="Episode">Number of the episode, from 1.</param>
/// <param name="Return">Undiscounted sum of the rewards; for a pass, the discounted value at the start.</param>
/// <param name="Length">Number of steps; for a pass, of updates of a state.</param>
/// <param name="Terminated">Whether the episode ended in a terminal state; true for a pass.</param>
/// <param name="Truncated">Whether the step limit ended the episode.</param>
/// <param name="Epsilon">ε at the first step, in [0, 1].</param>
/// <param name="LearningRate">α at the first step, in [0, 1].</param>
/// <param name="MeanQ">Mean of the greedy values of all visited states at the end of the episode; null if it was not sampled.</param>
/// <param name="ActionCounts">Number of times each action was taken, in action order; null if it was not sampled.</param>
/// <param name="Residual">Largest change of a value in the pass, in units of return; null for an episode.</param>
/// <param name="PolicyChanges">
/// Number of states whose best actions changed in the pass; null for an episode, and in a world of more than 10,000 states.
/// </param>
public sealed record EpisodeRecord(long Episode, double Return, int Length, bool Terminated, bool Truncated,
    double Epsilon, double LearningRate, double? MeanQ = null, IReadOnlyList<int>? ActionCounts = null,
    double? Residual = null, double? PolicyChanges = null);
