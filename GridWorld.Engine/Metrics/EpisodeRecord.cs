namespace GridWorld;

/// <summary>The metrics of one episode.</summary>
/// <param name="Episode">Number of the episode, from 1.</param>
/// <param name="Return">Undiscounted sum of the rewards.</param>
/// <param name="Length">Number of steps.</param>
/// <param name="Terminated">Whether the episode ended in a terminal state.</param>
/// <param name="Truncated">Whether the step limit ended the episode.</param>
/// <param name="Epsilon">ε at the first step, in [0, 1].</param>
/// <param name="LearningRate">α at the first step, in [0, 1].</param>
/// <param name="MeanQ">Mean of the greedy values of all visited states at the end of the episode; null if it was not sampled.</param>
/// <param name="ActionCounts">Number of times each action was taken, in action order; null if it was not sampled.</param>
public sealed record EpisodeRecord(long Episode, double Return, int Length, bool Terminated, bool Truncated,
    double Epsilon, double LearningRate, double? MeanQ = null, IReadOnlyList<int>? ActionCounts = null);
