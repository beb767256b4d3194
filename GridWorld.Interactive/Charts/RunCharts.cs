using System.Diagnostics.CodeAnalysis;

namespace GridWorld;

/// <summary>Charts of a run, in training or ended, live or stored.</summary>
[RequiresUnreferencedCode(RunChart.Needs), RequiresDynamicCode(RunChart.Needs)]
public static class RunCharts
{
    /// <summary>
    /// Draws the return (sum of rewards, undiscounted) of each episode: mean and range, the exact optimum, and every hyperparameter change.
    /// </summary>
    /// <param name="run">The run.</param>
    public static RunChart LearningCurve(this RunView run) => CurveChart.Of(Guard.NotNull(run));

    /// <summary>
    /// Draws the world with the value of the best action as color, in units of return, and the greedy policy as arrows, or as the path from
    /// the start if cells are small.
    /// </summary>
    /// <param name="run">The run.</param>
    public static RunChart PolicyMap(this RunView run) => MapChart.Of(Guard.NotNull(run), MapMarks.Policy);

    /// <summary>
    /// Draws the world with the value of the best action in every visited state, in units of return: as colors, and as numbers if there is
    /// room.
    /// </summary>
    /// <param name="run">The run.</param>
    public static RunChart ValueMap(this RunView run) => MapChart.Of(Guard.NotNull(run), MapMarks.Values);

    /// <summary>
    /// Draws the episodes over wall-clock time, with every start, change, pause, interruption, resumption and end. Times without training
    /// are shaded. Before an interruption, the line ends at the checkpoint from which the run was resumed: the training
    /// between that checkpoint and the end of the process is lost, and is repeated.
    /// </summary>
    /// <param name="run">The run.</param>
    public static RunChart Timeline(this RunView run) => TimelineChart.Of(RunTimeline.Of(Guard.NotNull(run)));
}
