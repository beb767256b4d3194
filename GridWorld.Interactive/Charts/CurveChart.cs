using XPlot.Plotly;
using PlotlyLine = XPlot.Plotly.Line;

namespace GridWorld;

/// <summary>Charts of the learning curves of one or several runs or ensembles.</summary>
internal static class CurveChart
{
    const int Width = 760, Height = 400, Margin = 14, Points = 500, SeedPoints = 128;

    // Okabe and Ito 2008: distinguishable with every kind of color vision.
    public static readonly Color[] Colors = [new(0, 114, 178), new(213, 94, 0), new(0, 158, 115), new(204, 121, 167), new(230, 159, 0),
        new(86, 180, 233), new(70, 70, 70)];

    public static RunChart Of(RunView run)
    {
        var status = run.StatusWithSolution();
        string title = $"Return per episode: {run.Name}";
        var drawing = Canvas(
            $"Learning curve of {run.Name} in {run.World.Name}: return per episode over {Numerals.Count(status.Episodes)} episodes,"
            + $" {Numerals.Short(status.MeanReturnLast100)} on average over the last 100.");
        CurvePanel.Draw(drawing, run, status, Inner(drawing));
        var buckets = run.MetricBuckets(1, status.Episodes, Points);
        double[] x = Middles(buckets);
        List<Trace> traces =
        [
            .. BandOf(x, [.. buckets.Select(b => b.Max)], [.. buckets.Select(b => b.Min)], "rgba(0,114,178,0.16)", "min–max"),
            new Scatter { x = x, y = buckets.Select(b => b.Mean).ToArray(), mode = "lines",
                line = new PlotlyLine { color = Color.Curve.Hex, width = 2 }, name = "mean" },
        ];
        if (status.OptimalReturn is { } optimum && x.Length > 0)
            traces.Add(new Scatter { x = new[] { 1.0, status.Episodes }, y = new[] { optimum, optimum }, mode = "lines",
                line = new PlotlyLine { color = Color.Good.Hex, width = 2, dash = "dash" },
                name = "optimal policy (exact, undiscounted)" });
        return new(() => LiveLink.TryTo(run), drawing, title, Axes(CurvePanel.RangeOf(run, status)), [.. traces]);
    }

    public static RunChart Of(IReadOnlyList<(RunView Run, RunStatus Status)> shown)
    {
        string title = Title(shown.Select(s => s.Run.Name));
        var ends = shown.Select(s => $"{s.Run.Name} {Numerals.Short(s.Status.MeanReturnLast100)} on average over the last 100 episodes");
        var drawing = Canvas($"Learning curves of {shown.Count} runs: {string.Join("; ", ends)}.");
        CurvePanel.Draw(drawing, shown.Select((s, i) => (s.Run, s.Status, Colors[i % Colors.Length])), Inner(drawing));
        return new(() => LiveLink.TryTo(shown[0].Run), drawing, title, Axes(CurvePanel.RangeOf(shown)), [.. shown.Select((s, i) =>
        {
            var buckets = s.Run.MetricBuckets(1, s.Status.Episodes, Points);
            return (Trace)new Scatter
            {
                x = Middles(buckets), y = buckets.Select(b => b.Mean).ToArray(), mode = "lines", name = Html.Encode(s.Run.Name),
                line = new PlotlyLine { color = Colors[i % Colors.Length].Hex, width = 2 },
            };
        })]);
    }

    public static RunChart Of(IReadOnlyList<EnsembleView> ensembles, CurveAxis axis)
    {
        var shown = ensembles.Select((e, i) => (e.Name, Curve: e.Curve(SeedPoints, axis), Color: Colors[i % Colors.Length])).ToList();
        var (what, unit) = axis == CurveAxis.Steps ? ("steps", "Step") : ("episodes", "Episode");
        string title = Title(shown.Select(s => s.Name));
        var ends = shown.Select(s => s.Curve.Count > 0 ? $"{s.Name} {Numerals.Short(s.Curve[^1].Mean)} at the end"
            : $"{s.Name} without an episode that every seed has ended");
        var drawing = Canvas($"Learning curves of {shown.Count} ensembles over {what}, each the mean over its seeds with its 95 % "
            + $"interval: {string.Join("; ", ends)}.");
        CurvePanel.Draw(drawing, shown, Inner(drawing));
        return new(() => LiveLink.TryTo(ensembles[0]), drawing, title, Axes(CurvePanel.RangeOf(shown), unit), [.. shown.SelectMany(s =>
        {
            double[] x = [.. s.Curve.Select(p => (p.Start + p.End) / 2.0)];
            return (IEnumerable<Trace>)[
                .. BandOf(x, [.. s.Curve.Select(p => p.High)], [.. s.Curve.Select(p => p.Low)], $"{s.Color.Hex}33", null),
                new Scatter { x = x, y = s.Curve.Select(p => p.Mean).ToArray(), mode = "lines", name = Html.Encode(s.Name),
                    line = new PlotlyLine { color = s.Color.Hex, width = 2 } }];
        })]);
    }

    static string Title(IEnumerable<string> names) =>
        $"Return per episode: {string.Join(", ", names.Take(4))}{(names.Skip(4).Any() ? " …" : "")}";

    // Plotly fills a band between a line and the one before it.
    public static IEnumerable<Trace> BandOf(double[] x, double[] high, double[] low, string color, string? name)
    {
        Scatter Border(double[] y) => new() { x = x, y = y, mode = "lines", line = new PlotlyLine { width = 0 }, hoverinfo = "skip",
            showlegend = false };
        var lower = Border(low);
        (lower.fill, lower.fillcolor) = ("tonexty", color);
        if (name is not null)
            (lower.name, lower.showlegend, lower.hoverinfo) = (name, true, "all");
        return [Border(high), lower];
    }

    static double[] Middles(IReadOnlyList<MetricBucket> buckets) => [.. buckets.Select(b => (b.Start + b.End) / 2.0)];

    // The same range as in the picture: otherwise a few early episodes flatten all later ones.
    static Layout.Layout Axes((double Low, double High)? range, string unit = "Episode")
    {
        var y = new Yaxis { title = "Return (sum of rewards, undiscounted)" };
        if (range is var (low, high))
            y.range = new[] { low, high };
        return new() { xaxis = new Xaxis { title = unit }, yaxis = y, hovermode = "x" };
    }

    public static Drawing Canvas(string description, int height = Height)
    {
        var drawing = new Drawing(Width, height, description);
        drawing.Rectangle(0, 0, Width, height, Color.Card, 8, Color.Edge);
        return drawing;
    }

    public static Area Inner(Drawing drawing) => new(Margin, Margin, drawing.Width - 2 * Margin, drawing.Height - 2 * Margin);
}
