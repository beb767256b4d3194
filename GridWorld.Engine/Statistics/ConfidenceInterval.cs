namespace GridWorld;

/// <summary>An estimate and the interval that covers the true value with the given confidence.</summary>
/// <param name="Estimate">The value of the scores themselves, in their unit.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
/// <param name="Level">Confidence level, in (0, 1).</param>
/// <param name="Method">The method that was used. It differs from the requested method if that one cannot work on these scores.</param>
public sealed record ConfidenceInterval(double Estimate, double Low, double High, double Level, IntervalMethod Method)
{
    /// <summary>Returns whether a value lies inside the interval, ends included.</summary>
    public bool Contains(double value) => value >= Low && value <= High;
}
