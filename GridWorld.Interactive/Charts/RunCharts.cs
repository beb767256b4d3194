using System.Diagnostics.CodeAnalysis;

namespace GridWorld;

/// <summary>Charts of a run, trained or still training, live or stored.</summary>
[RequiresUnreferencedCode(RunChart.Needs), RequiresDynamicCode(RunChart.Needs)]
public static class RunCharts
{
    /// <summary>The return (sum of rewards, undiscounted) episode by episode: mean and range, the exact optimum, and every change of a hyperparameter.</summary>
    /// <param name="run">The run.</param>
    public static RunChart LearningCurve(this Run run) => LearningCurve(Given.NotNull(run).View);

    /// <inheritdoc cref="LearningCurve(Run)"/>
    public static RunChart LearningCurve(this RunView run) => CurveChart.Of(Given.NotNull(run));

    /// <summary>The world with the value of the best action as color, in units of return, and the greedy policy: arrows, or the path from the start where cells are small.</summary>
    /// <param name="run">The run.</param>
    public static RunChart PolicyMap(this Run run) => PolicyMap(Given.NotNull(run).View);

    /// <inheritdoc cref="PolicyMap(Run)"/>
    public static RunChart PolicyMap(this RunView run) => MapChart.Of(Given.NotNull(run), MapMarks.Policy);

    /// <summary>The world with the value of the best action in every state that was visited, in units of return: colors, and numbers where there is room.</summary>
    /// <param name="run">The run.</param>
    public static RunChart ValueMap(this Run run) => ValueMap(Given.NotNull(run).View);

    /// <inheritdoc cref="ValueMap(Run)"/>
    public static RunChart ValueMap(this RunView run) => MapChart.Of(Given.NotNull(run), MapMarks.Values);
}
