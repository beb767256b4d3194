namespace GridWorld;

/// <summary>Draws the picture of an ensemble: its mean learning curve with a band, and how its seeds are spread.</summary>
internal static class EnsemblePicture
{
    const int Width = 720, Height = 264, Margin = 14, Between = 24, SpreadWidth = 220, FaintSeeds = 40, Points = 128;
    static readonly Color Faint = Color.Curve with { A = 38 }, Spread = Color.Curve with { A = 120 };

    public static Drawing Draw(EnsembleView ensemble, EnsembleStatus status)
    {
        var drawing = new Drawing(Width, Height,
            $"Ensemble {ensemble.Name}: return per episode of {status.Seeds} seeds, their mean with its "
            + "95 % interval; next to it a histogram of the seeds by their mean return over the last 100 episodes.");
        drawing.Rectangle(0, 0, Width, Height, Color.Card, 8, Color.Edge);
        var seeds = ensemble.Stored();
        DrawCurve(drawing, seeds, ensemble.Changes, new(Margin, Margin, Width - 2 * Margin - Between - SpreadWidth, Height - 2 * Margin));
        DrawSpread(drawing, [.. seeds.Select(s => s.Result).FiniteReturns()],
            new(Width - Margin - SpreadWidth, Margin, SpreadWidth, Height - 2 * Margin));
        return drawing;
    }

    static void DrawCurve(Drawing drawing, IReadOnlyList<StoredSeed> seeds, IReadOnlyList<RunEvent> changes, Area area)
    {
        drawing.Text(area.X, area.Y + 11, "Return per episode", 13, Color.Ink, bold: true);
        var curve = EnsembleCurve.Of(seeds, CurveAxis.Episodes, Points);
        if (curve.Count == 0)
        {
            drawing.Text(area.X + area.Width / 2, area.Y + area.Height / 2, "Not every seed has ended an episode.", 12, Color.Faint,
                Align.Middle);
            return;
        }

        var rows = EnsembleCurve.Common(seeds, CurveAxis.Episodes, Points).Curves;
        double[] all = [.. rows.SelectMany(row => row).Order()];
        var (low, high) = CurvePanel.Range([.. curve.Select(p => p.Mean), all[(int)(0.98 * (all.Length - 1))]], null);
        var (x, y) = CurvePanel.DrawAxes(drawing, area, low, high, curve[^1].End);
        double[] places = [.. curve.Select(p => x.At((p.Start + p.End) / 2.0))];
        foreach (var row in rows.Take(FaintSeeds))
            drawing.Line(Faint, 1, [.. row.Select((value, i) => new Point(places[i], y.At(value)))]);
        CurvePanel.DrawMean(drawing, curve, x, y, Color.Curve, Color.Curve with { A = 80 });
        var legend = new Legend(drawing, x.Start, area.Y + area.Height - 2, x.End);
        legend.Line($"mean of {Numerals.Count(seeds.Count)} seeds", Color.Curve);
        legend.Patch("95 % interval", Color.Curve with { A = 80 });
        legend.Line(seeds.Count > FaintSeeds ? $"first {FaintSeeds} seeds" : "each seed", Faint);
        if (CurvePanel.DrawChanges(drawing, changes, x, y))
            legend.Line("change", Color.Warn);
    }

    static void DrawSpread(Drawing drawing, double[] scores, Area area)
    {
        drawing.Text(area.X, area.Y + 11, "Seeds by return, last 100", 13, Color.Ink, bold: true);
        if (scores.Length == 0)
            return;
        double low = scores.Min(), high = scores.Max(), margin = high > low ? 0 : Math.Max(1, Math.Abs(high) * 0.1);
        int bins = Math.Clamp((int)Math.Ceiling(Math.Sqrt(scores.Length)), 5, 24);
        double bottom = area.Y + area.Height - 44, top = area.Y + 26, right = area.X + area.Width;
        var x = new Axis(low - margin, high + margin, area.X, right);
        int[] counts = new int[bins];
        foreach (double score in scores)
            counts[Math.Min(bins - 1, (int)((score - x.From) / (x.To - x.From) * bins))]++;
        double width = area.Width / bins, scale = (bottom - top) / counts.Max();
        for (int b = 0; b < bins; b++)
        {
            if (counts[b] > 0)
                drawing.Rectangle(area.X + b * width + 0.5, bottom - counts[b] * scale, width - 1, counts[b] * scale, Spread);
        }

        drawing.Line(Color.Faint, 1, new(area.X, bottom), new(right, bottom));
        double step = x.Step(4);
        foreach (double tick in x.Ticks(4))
        {
            drawing.Line(Color.Faint, 1, new(x.At(tick), bottom), new(x.At(tick), bottom + 3));
            string text = Numerals.Tick(tick, step);
            double half = StrokeFont.Width(text, 11) / 2;
            drawing.Text(Math.Clamp(x.At(tick), area.X + half, right - half), bottom + 15, text, 11, Color.Soft, Align.Middle);
        }

        double middle = Scores.Of(scores).InterquartileMean;
        drawing.Line(Color.Curve, 2, new(x.At(middle), top), new(x.At(middle), bottom));
        new Legend(drawing, area.X, area.Y + area.Height - 2, right).Line($"interquartile mean {Numerals.Short(middle)}", Color.Curve);
    }
}
