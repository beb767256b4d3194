namespace GridWorld;

/// <summary>A number that sums up the scores of an agent. Agarwal et al., 2021.</summary>
public enum Aggregate
{
    /// <summary>The mean over tasks of each task's mean over its runs. A single outlier can dominate it.</summary>
    Mean,

    /// <summary>The median over tasks of each task's mean over its runs. With one task, the mean of that task.</summary>
    Median,

    /// <summary>
    /// The mean of the middle half of all scores of all tasks: ⌊n/4⌋ of n scores are removed from each end. Less sensitive to outliers
    /// than the mean, and less noisy than the median.
    /// </summary>
    InterquartileMean,

    /// <summary>
    /// The shortfall of the scores from a target γ: γ − mean(min(score, γ)), every task with the same weight. Smaller is better.
    /// </summary>
    OptimalityGap,
}
