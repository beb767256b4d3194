namespace GridWorld;

/// <summary>The curves of the seeds of an ensemble at common points.</summary>
internal static class EnsembleCurve
{
    /// <summary>The mean curve with its band, up to where every seed has come that did not fail.</summary>
    /// <param name="seeds">The seeds.</param>
    /// <param name="axis">Episodes or steps.</param>
    /// <param name="points">The most points, at least 1.</param>
    public static IReadOnlyList<EnsemblePoint> Of(IReadOnlyList<StoredSeed> seeds, CurveAxis axis, int points)
    {
        var (ends, curves) = Common(seeds, axis, points);
        if (ends.Count == 0)
            return [];
        if (curves.Count == 1)
            return [.. ends.Select((end, p) => new EnsemblePoint(Start(p), end, curves[0][p], curves[0][p], curves[0][p]))];
        var band = CurveBand.Of(curves);
        return [.. ends.Select((end, p) => new EnsemblePoint(Start(p), end, band.Estimate[p], band.Low[p], band.High[p]))];

        long Start(int p) => p == 0 ? 1 : ends[p - 1] + 1;
    }

    /// <summary>Every seed's mean return at common points, in the order of the seeds; empty before the first point.</summary>
    public static (IReadOnlyList<long> Ends, IReadOnlyList<IReadOnlyList<double>> Curves) Common(IReadOnlyList<StoredSeed> seeds,
        CurveAxis axis, int points)
    {
        var alive = seeds.Where(s => s.Result.State != TrialState.Failed).ToList();
        long until = alive.Count == 0 ? 0 : alive.Min(s => s.Curve.Episodes);
        long width = alive.Count == 0 ? 1 : alive.Max(s => s.Curve.Width);
        if (until < width)
            return ([], []);
        while (until / width > points)
            width *= 2;
        if (axis == CurveAxis.Episodes)
        {
            var rows = alive.Select(s => s.Curve.Points(width, until).ToList()).ToList();
            return ([.. rows[0].Select(p => p.End)], [.. rows.Select(row => row.Select(p => p.MeanReturn).ToArray())]);
        }

        var curves = alive.ConvertAll(s =>
        {
            var stretches = s.Curve.Points(s.Curve.Width, s.Curve.Episodes).ToList();
            return new LearningCurve([.. stretches.Select(p => p.End)], [.. stretches.Select(p => p.Steps)],
                [.. stretches.Select(p => p.MeanReturn)]);
        });
        var ends = LearningCurve.CommonPoints(axis, curves, points);
        return (ends, [.. curves.Select(c => c.At(axis, ends))]);
    }
}
