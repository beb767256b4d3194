namespace GridWorld;

/// <summary>
/// The table of an episode's row, from which chunks on disk, frames, files and the wire are made. A new column stands at its end, as
/// <see cref="EpisodeCell.Double"/> and <c>double?</c>: a stored chunk from before ends without it, and an older reader stops before it.
/// </summary>
internal static class EpisodeColumns
{
    public static readonly EpisodeColumn
        Episode = new("episode", typeof(long), EpisodeCell.Derived, e => e.Episode, "Number of the episode, from 1."),
        Return = new("return", typeof(double), EpisodeCell.Whole, e => e.Return, "Undiscounted sum of the rewards."),
        Length = new("length", typeof(int), EpisodeCell.Int32, e => e.Length, "Number of steps."),
        Terminated = new("terminated", typeof(bool), EpisodeCell.Byte, e => e.Terminated ? 1 : 0, "Whether it ended in a terminal state."),
        Truncated = new("truncated", typeof(bool), EpisodeCell.Derived, e => e.Truncated ? 1 : 0, "Whether the step limit ended it."),
        Epsilon = new("epsilon", typeof(double), EpisodeCell.Double, e => e.Epsilon, "ε at the first step, 0 to 1."),
        LearningRate = new("learning_rate", typeof(double), EpisodeCell.Double, e => e.LearningRate, "α at the first step, 0 to 1."),
        MeanQ = new("mean_q", typeof(double?), EpisodeCell.Sampled, e => e.MeanQ,
        "Mean of the visited states' greedy values at the end, where sampled."),
        Residual = new("residual", typeof(double?), EpisodeCell.Double, e => e.Residual, "Largest change of a value in a planner's pass."),
        PolicyChanges = new("policy_changes", typeof(double?), EpisodeCell.Double, e => e.PolicyChanges,
        "Number of states whose best actions changed in a planner's pass.");

    public static readonly EpisodeColumn[] OfLearners = [Episode, Return, Length, Terminated, Truncated, Epsilon, LearningRate, MeanQ];

    public static readonly EpisodeColumn[] All = [.. OfLearners, Residual, PolicyChanges];

    /// <summary>The columns that a learner's or a planner's run has.</summary>
    public static EpisodeColumn[] Of(bool isPlanned) => isPlanned ? All : OfLearners;

    /// <summary>A row of a buffer as a record.</summary>
    public static EpisodeRecord Record(EpisodeBuffer rows, int row, long episode) => new(episode, rows.Returns[row], (int)rows.Lengths[row],
        rows.Terminated[row] != 0, rows.Terminated[row] == 0, rows.Epsilons[row], rows.LearningRates[row], rows[MeanQ, row],
        rows.ActionCounts?[row], rows[Residual, row], rows[PolicyChanges, row]);
}
