using System.Diagnostics.CodeAnalysis;

namespace GridWorld;

/// <summary>Charts of ensembles, in training or ended, live or stored.</summary>
[RequiresUnreferencedCode(RunChart.Needs), RequiresDynamicCode(RunChart.Needs)]
public static class EnsembleCharts
{
    /// <summary>
    /// Draws the learning curves of several ensembles in one chart: the return (sum of rewards, undiscounted) of each episode as the mean
    /// over the seeds, with its 95 % bootstrap interval as a band. While an ensemble trains, its curve ends with its slowest seed.
    /// </summary>
    /// <param name="ensembles">One or more ensembles.</param>
    /// <param name="axis">Episodes (the default) or steps; compare learners with episodes of different lengths at equal steps.</param>
    /// <exception cref="InputException">The list is empty.</exception>
    public static RunChart LearningCurves(this IEnumerable<EnsembleView> ensembles, CurveAxis axis = CurveAxis.Episodes)
    {
        var shown = Guard.NotNull(ensembles).ToList();
        new Faults().Require(shown.Count > 0, "Name at least one ensemble.").ThrowIfAny();
        return CurveChart.Of(shown, axis);
    }
}
