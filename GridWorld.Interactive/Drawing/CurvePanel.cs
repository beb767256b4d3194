namespace GridWorld;

/// <summary>Draws the learning curve: mean and range of the return, the exact optimum, and the hyperparameter changes.</summary>
internal static class CurvePanel
{
    const int MostPoints = 160, LabelSize = 11;

    /// <param name="drawing">The drawing to add to.</param>
    /// <param name="view">The run.</param>
    /// <param name="status">The run's status at the moment to draw.</param>
    /// <param name="area">The area of the panel, including title and legend.</param>
    /// <param name="scales">The axes; null for those of the run.</param>
    public static void Draw(Drawing drawing, RunView view, RunStatus status, Area area, PictureScales? scales = null)
    {
        var buckets = Buckets(view, status);
        var (title, episodes) = view.Specification.IsPlanned ? ("Value at the start", "passes") : ("Return per episode", "episodes");
        drawing.Text(area.X, area.Y + 11, title, 13, Color.Ink, bold: true);
        if (buckets.Length == 0 && scales is null)
        {
            string nothing = status.Episodes == 0 ? "No episode has ended yet." : "Every return is NaN or infinite.";
            DrawNothing(drawing, area, nothing);
            return;
        }

        long width = buckets.Select(b => b.Count).DefaultIfEmpty().Max();
        double titleEnd = area.X + StrokeFont.Width(title, 13) + 14;
        if (width > 1)
            drawing.Text(titleEnd, area.Y + 11, $"each point is {Numerals.Count(width)} {episodes}", LabelSize, Color.Soft);

        var (low, high) = scales is null ? Range(buckets, status.OptimalReturn) : (scales.Low, scales.High);
        var (x, y) = DrawAxes(drawing, area, low, high, scales?.LastEpisode ?? buckets[^1].End);
        if (buckets.Length > 0)
            DrawCurve(drawing, buckets, x, y);
        var legend = new Legend(drawing, x.Start, area.Y + area.Height - 2, x.End);
        legend.Line("mean", Color.Curve);
        if (width > 1)
            legend.Patch("min–max", Color.Band);
        if (status.OptimalReturn is { } optimum)
        {
            drawing.DashedLine(Color.Good, 1.6, new(x.Start, y.At(optimum)), new(x.End, y.At(optimum)));
            legend.Line($"optimum (exact) {Numerals.Short(optimum)}", Color.Good, dashed: true);
        }

        if (DrawChanges(drawing, view.EventLog, x, y))
            legend.Line("change", Color.Warn);
    }

    /// <summary>Draws the mean returns of several runs in one chart, each in its own color.</summary>
    public static void Draw(Drawing drawing, IEnumerable<(RunView Run, RunStatus Status, Color Color)> runs, Area area)
    {
        var curves = runs.Select(r => (r.Run, r.Color, Buckets: Buckets(r.Run, r.Status))).Where(c => c.Buckets.Length > 0).ToList();
        drawing.Text(area.X, area.Y + 11, "Return per episode", 13, Color.Ink, bold: true);
        if (Together(curves.Select(c => Range(c.Buckets, null))) is not var (low, high))
        {
            DrawNothing(drawing, area, "No episode has ended yet.");
            return;
        }

        var (x, y) = DrawAxes(drawing, area, low, high, curves.Max(c => c.Buckets[^1].End));
        var legend = new Legend(drawing, x.Start, area.Y + area.Height - 2, x.End);
        foreach (var (run, color, buckets) in curves)
        {
            drawing.Line(color, 1.8, [.. buckets.Select(b => new Point(x.At((b.Start + b.End) / 2.0), y.At(b.Mean)))]);
            legend.Line(ShortName(run.Name), color);
        }
    }

    /// <summary>Draws the means of several ensembles in one chart, each in its own color, with their intervals as bands.</summary>
    public static void Draw(Drawing drawing, IReadOnlyList<(string Name, IReadOnlyList<EnsemblePoint> Curve, Color Color)> ensembles,
        Area area)
    {
        drawing.Text(area.X, area.Y + 11, "Return per episode", 13, Color.Ink, bold: true);
        if (RangeOf(ensembles) is not var (low, high))
        {
            DrawNothing(drawing, area, "Not every seed has ended an episode.");
            return;
        }

        var begun = ensembles.Where(e => e.Curve.Count > 0).ToList();
        var (x, y) = DrawAxes(drawing, area, low, high, begun.Max(e => e.Curve[^1].End));
        var legend = new Legend(drawing, x.Start, area.Y + area.Height - 2, x.End);
        foreach (var (name, curve, color) in begun)
        {
            DrawMean(drawing, curve, x, y, color, color with { A = 50 });
            legend.Line(ShortName(name), color);
        }

        legend.Patch("95 % interval of the mean over seeds", Color.Faint with { A = 80 });
    }

    /// <summary>Draws the mean over seeds, and its interval as a band.</summary>
    public static void DrawMean(Drawing drawing, IReadOnlyList<EnsemblePoint> curve, Axis x, Axis y, Color color, Color band)
    {
        double[] places = [.. curve.Select(p => x.At((p.Start + p.End) / 2.0))];
        drawing.Shapes.Add(new Band(places, [.. curve.Select(p => y.At(p.High))], [.. curve.Select(p => y.At(p.Low))], band));
        drawing.Line(color, 2, [.. curve.Select((p, i) => new Point(places[i], y.At(p.Mean)))]);
    }

    static string ShortName(string name) => name.Length <= 28 ? name : name[..27] + "…";

    static void DrawNothing(Drawing drawing, Area area, string why) =>
        drawing.Text(area.X + area.Width / 2, area.Y + area.Height / 2, why, 12, Color.Faint, Align.Middle);

    public static (Axis X, Axis Y) DrawAxes(Drawing drawing, Area area, double low, double high, long last)
    {
        double bottom = area.Y + area.Height - 44;
        var y = new Axis(low, high, bottom, area.Y + 26);
        double left = area.X + PlotPanel.WidthOfScale(y) + 8;
        var x = new Axis(1, Math.Max(2, last), left, area.X + area.Width - 4);
        PlotPanel.DrawScale(drawing, y, left, x.End);
        DrawEpisodes(drawing, x, bottom);
        return (x, y);
    }

    /// <summary>The range of the return axis for one run; null if there is nothing to draw.</summary>
    public static (double Low, double High)? RangeOf(RunView view, RunStatus status) =>
        Buckets(view, status) is { Length: > 0 } buckets ? Range(buckets, status.OptimalReturn) : null;

    /// <summary>The range of the return axis for several runs; null if there is nothing to draw.</summary>
    public static (double Low, double High)? RangeOf(IEnumerable<(RunView Run, RunStatus Status)> runs) =>
        Together(runs.Select(r => Buckets(r.Run, r.Status)).Where(b => b.Length > 0).Select(b => Range(b, null)));

    /// <summary>The range of the return axis for several ensembles; null if there is nothing to draw.</summary>
    public static (double Low, double High)? RangeOf(
        IEnumerable<(string Name, IReadOnlyList<EnsemblePoint> Curve, Color Color)> ensembles) =>
        Together(ensembles.Where(e => e.Curve.Count > 0).Select(e => Range([.. e.Curve.Select(p => p.Mean)], null)));

    static (double Low, double High)? Together(IEnumerable<(double Low, double High)> ranges) =>
        ranges.ToList() is { Count: > 0 } all ? (all.Min(r => r.Low), all.Max(r => r.High)) : null;

    // The values of a run that diverged cannot be drawn on an axis.
    static MetricBucket[] Buckets(RunView view, RunStatus status) => status.Episodes == 0 ? []
        : [.. view.MetricBuckets(1, status.Episodes, MostPoints)
            .Where(b => double.IsFinite(b.Mean) && double.IsFinite(b.Min) && double.IsFinite(b.Max))];

    // The band may leave the picture: otherwise a few early episodes flatten all later ones.
    static (double Low, double High) Range(MetricBucket[] buckets, double? optimum) => Range([.. buckets.Select(b => b.Mean)], optimum);

    /// <summary>The range of the return axis for some means.</summary>
    public static (double Low, double High) Range(IReadOnlyList<double> unordered, double? optimum)
    {
        var means = unordered.Order().ToList();
        double usual = means[means.Count / 10], high = means[^1];
        double low = Math.Max(means[0], usual - 1.5 * (high - usual));
        if (optimum is { } best)
            (low, high) = (Math.Min(low, best), Math.Max(high, best));
        return Axis.Padded(low, high);
    }

    static void DrawEpisodes(Drawing drawing, Axis x, double bottom)
    {
        drawing.Line(Color.Faint, 1, new(x.Start, bottom), new(x.End, bottom));
        foreach (double episode in x.Ticks(6, smallestStep: 1).Prepend(1).Where(e => e >= 1))
        {
            double place = x.At(episode);
            if (episode > 1 && place - x.Start < 24)
                continue;
            drawing.Line(Color.Faint, 1, new(place, bottom), new(place, bottom + 3));
            string text = Numerals.Large(episode);
            double half = StrokeFont.Width(text, LabelSize) / 2;
            drawing.Text(Math.Min(place, x.End + 2 - half), bottom + 15, text, LabelSize, Color.Soft, Align.Middle);
        }
    }

    static void DrawCurve(Drawing drawing, MetricBucket[] buckets, Axis x, Axis y)
    {
        double[] places = [.. buckets.Select(b => x.At((b.Start + b.End) / 2.0))];
        drawing.Shapes.Add(new Band(places, [.. buckets.Select(b => y.At(b.Max))], [.. buckets.Select(b => y.At(b.Min))], Color.Band));
        drawing.Line(Color.Curve, 1.8, [.. buckets.Select((b, i) => new Point(places[i], y.At(b.Mean)))]);
    }

    public static bool DrawChanges(Drawing drawing, IReadOnlyList<RunEvent> events, Axis x, Axis y)
    {
        const int most = 12;
        var changes = events.Where(e => e.IsChange).ToList();
        foreach (var change in changes.TakeLast(most))
        {
            double place = x.At(Math.Max(1, change.Episode));
            drawing.Line(Color.Warn, 1.4, new(place, y.Start), new(place, y.End));
            string text = TextOf(change);
            bool fits = place + 6 + StrokeFont.Width(text, LabelSize) < x.End;
            if (changes.Count <= 4)
                drawing.Text(place + (fits ? 5 : -5), y.Start - 7, text, LabelSize, Color.Warn, fits ? Align.Start : Align.End);
        }

        return changes.Count > 0;
    }

    /// <summary>A change in a few characters, such as ε 0.1 → 0.5.</summary>
    public static string TextOf(RunEvent change)
    {
        string symbol = change.Param switch { "epsilon" => "ε", "learning_rate" => "α", "discount_factor" => "γ",
            var other => other ?? "" };
        return $"{symbol} {Shown(change.OldValue)} → {Shown(change.NewValue)}";
    }

    static string Shown(string? json) => json is { Length: <= 8 } ? json : "schedule";
}
