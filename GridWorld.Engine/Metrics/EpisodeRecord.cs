namespace GridWorld;

/// <summary>One episode as it ended.</summary>
/// <param name="Episode">Its number, from 1.</param>
/// <param name="Return">Undiscounted sum of its rewards.</param>
/// <param name="Length">Number of steps.</param>
/// <param name="Terminated">Whether it ended in a terminal state.</param>
/// <param name="Truncated">Whether it was cut off at the step limit.</param>
/// <param name="Epsilon">ε at its first step.</param>
/// <param name="LearningRate">α at its first step.</param>
/// <param name="MeanQ">Mean of the greedy values of all visited states at its end; null where it was not sampled.</param>
/// <param name="ActionCounts">How often each action was taken; null where it was not sampled.</param>
public sealed record EpisodeRecord(long Episode, double Return, int Length, bool Terminated, bool Truncated,
    double Epsilon, double LearningRate, double? MeanQ = null, IReadOnlyList<int>? ActionCounts = null);
