namespace GridWorld;

/// <summary>Axes and colors that several pictures of a run have in common.</summary>
/// <param name="Low">The lower end of the axis of returns.</param>
/// <param name="High">Its upper end.</param>
/// <param name="LastEpisode">The end of the axis of episodes.</param>
/// <param name="Values">The range of the color scale; null if there is no value to show.</param>
internal sealed record PictureScales(double Low, double High, long LastEpisode, ValueRange? Values)
{
    /// <summary>The scales of a run; null if no episode has a return to draw.</summary>
    public static PictureScales? Of(RunView run, RunStatus status) => CurvePanel.RangeOf(run, status) is { } range
        ? new(range.Low, range.High, status.Episodes, ValueMap.Of(run).Range) : null;
}
