namespace GridWorld;

/// <summary>A named curve of your own numbers, to draw with <see cref="CurveCharts.Chart"/>.</summary>
/// <param name="Name">The name in the legend.</param>
/// <param name="X">The positions of the points.</param>
/// <param name="Y">The values of the points, as many as positions. A point that is NaN or infinite is left out.</param>
/// <param name="Margin">Half the height of the band around each point, such as a standard error; null for no band.</param>
public sealed record ChartCurve(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y, IReadOnlyList<double>? Margin = null)
{
    /// <summary>The name in the legend.</summary>
    public string Name { get; init => field = Guard.NotNull(value); } = Guard.NotNull(Name);

    /// <summary>The positions of the points.</summary>
    public IReadOnlyList<double> X { get; init => field = Guard.NotNull(value); } = Guard.NotNull(X);

    /// <summary>The values of the points, as many as positions. A point that is NaN or infinite is left out.</summary>
    public IReadOnlyList<double> Y { get; init => field = Guard.NotNull(value); } = Guard.NotNull(Y);

    /// <summary>The points that can be drawn, with the margin of each.</summary>
    internal IEnumerable<(double X, double Y, double Margin)> Points =>
        X.Select((x, i) => (X: x, Y: Y[i], Margin: Margin is { } margin && double.IsFinite(margin[i]) ? Math.Abs(margin[i]) : 0))
            .Where(p => double.IsFinite(p.X) && double.IsFinite(p.Y));
}
