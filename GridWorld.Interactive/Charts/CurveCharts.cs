using System.Diagnostics.CodeAnalysis;
using XPlot.Plotly;
using PlotlyLine = XPlot.Plotly.Line;

namespace GridWorld;

/// <summary>Charts of your own numbers.</summary>
[RequiresUnreferencedCode(RunChart.Needs), RequiresDynamicCode(RunChart.Needs)]
public static class CurveCharts
{
    const int MostDots = 24;
    const double LegendRow = 17;

    /// <summary>Draws several curves in one chart, in the look of the learning curves.</summary>
    /// <param name="curves">One or more curves.</param>
    /// <param name="title">The title.</param>
    /// <param name="x">The name of the x axis.</param>
    /// <param name="y">The name of the y axis.</param>
    /// <param name="band">What the bands are, for the legend, such as "± one standard error".</param>
    /// <exception cref="InputException">
    /// The list is empty, or a curve has not as many values, or margins, as positions; lists all errors.
    /// </exception>
    public static RunChart Chart(this IEnumerable<ChartCurve> curves, string title, string x, string y, string? band = null)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var shown = Guard.NotNull(curves).ToList();
        var faults = new Faults().Require(shown.Count > 0, "Pass at least one curve.");
        foreach (var curve in shown)
        {
            faults.Require(curve.X.Count == curve.Y.Count && (curve.Margin ?? curve.Y).Count == curve.Y.Count,
                $"A curve needs as many values and margins as positions ('{curve.Name}' has {curve.X.Count} positions, "
                    + $"{curve.Y.Count} values" + (curve.Margin is { } margin ? $" and {margin.Count} margins)." : ")."));
        }

        faults.ThrowIfAny();
        return new(LiveLink.TryToServer, Draw(shown, title, x, y, band), title,
            new() { xaxis = new Xaxis { title = x }, yaxis = new Yaxis { title = y }, hovermode = "x" },
            [.. shown.SelectMany((curve, i) => Traces(curve, LookOf(i)))]);
    }

    static Drawing Draw(IReadOnlyList<ChartCurve> curves, string title, string xName, string yName, string? band)
    {
        var ends = curves.Select(c => c.Points.Any() ? $"{c.Name} ends at {Numerals.Short(c.Points.Last().Y)}" : $"{c.Name} has no point");
        var drawing = CurveChart.Canvas($"{title}: {yName} over {xName}. {string.Join("; ", ends)}.");
        var area = CurveChart.Inner(drawing);
        var points = curves.SelectMany(c => c.Points).ToList();
        if (points.Count == 0)
        {
            drawing.Text(area.X, area.Y + 11, title, 13, Color.Ink, bold: true);
            drawing.Text(area.X + area.Width / 2, area.Y + area.Height / 2, "There is no point to draw.", 12, Color.Faint, Align.Middle);
            return drawing;
        }

        bool hasBand = band is not null && curves.Any(c => c.Margin is not null);
        var rows = Rows([.. curves.Select(c => c.Name), .. hasBand ? [band!] : Array.Empty<string>()], area.Width);
        var (low, high) = Axis.Padded(points.Min(p => p.Y), points.Max(p => p.Y));
        var (x, y) = PlotPanel.DrawAxes(drawing, area, title, new(xName, points.Min(p => p.X), points.Max(p => p.X)),
            new(yName, low, high), below: rows.Count * LegendRow);
        foreach (var (curve, i) in curves.Select((c, i) => (c, i)))
        {
            var (color, isDashed) = LookOf(i);
            Point[] line = [.. curve.Points.Select(p => new Point(x.At(p.X), y.At(p.Y)))];
            if (curve.Margin is not null)
                drawing.Shapes.Add(new Band([.. line.Select(p => p.X)], [.. curve.Points.Select(p => y.At(p.Y + p.Margin))],
                    [.. curve.Points.Select(p => y.At(p.Y - p.Margin))], color with { A = 50 }));
            drawing.Shapes.Add(new Line(line, color, 2, isDashed));
            foreach (var p in line.Length <= MostDots ? line : [])
                drawing.Rectangle(p.X - 2.5, p.Y - 2.5, 5, 5, color, 2.5);
        }

        double baseline = area.Y + area.Height - 2 - (rows.Count - 1) * LegendRow;
        foreach (var (row, i) in rows.Select((row, i) => (row, i)))
        {
            var legend = new Legend(drawing, area.X, baseline + i * LegendRow, area.X + area.Width);
            foreach (int place in row)
            {
                if (place == curves.Count)
                    legend.Patch(band!, Color.Faint with { A = 80 });
                else
                    legend.Line(curves[place].Name, LookOf(place).Color, LookOf(place).IsDashed);
            }
        }

        return drawing;
    }

    /// <summary>Distributes the entries of a legend over rows.</summary>
    static List<List<int>> Rows(string[] names, double width)
    {
        List<List<int>> rows = [[]];
        double left = width;
        for (int i = 0; i < names.Length; i++)
        {
            double wide = Legend.WidthOf(names[i]);
            if (wide > left && rows[^1].Count > 0)
            {
                rows.Add([]);
                left = width;
            }

            rows[^1].Add(i);
            left -= wide;
        }

        return rows;
    }

    // After the last color, the colors repeat with dashed lines.
    static (Color Color, bool IsDashed) LookOf(int curve) =>
        (CurveChart.Colors[curve % CurveChart.Colors.Length], curve / CurveChart.Colors.Length % 2 == 1);

    static IEnumerable<Trace> Traces(ChartCurve curve, (Color Color, bool IsDashed) look)
    {
        double[] x = [.. curve.Points.Select(p => p.X)];
        var line = new Scatter
        {
            x = x, y = curve.Points.Select(p => p.Y).ToArray(), mode = x.Length <= MostDots ? "lines+markers" : "lines",
            name = Html.Encode(curve.Name),
            line = new PlotlyLine { color = look.Color.Hex, width = 2, dash = look.IsDashed ? "dash" : "solid" },
        };
        return curve.Margin is null ? [line] : [.. CurveChart.BandOf(x, [.. curve.Points.Select(p => p.Y + p.Margin)],
            [.. curve.Points.Select(p => p.Y - p.Margin)], $"{look.Color.Hex}33", null), line];
    }
}
