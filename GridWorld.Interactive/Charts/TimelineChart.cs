using System.Globalization;
using XPlot.Plotly;
using PlotlyLine = XPlot.Plotly.Line;

namespace GridWorld;

/// <summary>A chart of a run's episodes over wall-clock time, with its events.</summary>
internal static class TimelineChart
{
    const int Height = 320, LabelSize = 11, MostRows = 4;
    const double RowHeight = 15;
    static readonly Color Idle = Color.Faint with { A = 40 }, Lost = Color.Bad with { A = 30 };

    public static RunChart Of(RunTimeline timeline)
    {
        string title = $"Episodes over time: {timeline.Name}";
        double size = UnitOf(timeline.End).Seconds;
        IEnumerable<Trace> lines = timeline.Stretches.Select((points, i) => new Scatter
        {
            x = points.Select(p => p.Seconds / size).ToArray(), y = points.Select(p => p.Episode).ToArray(), mode = "lines",
            name = "training", showlegend = i == 0, line = new PlotlyLine { color = Color.Curve.Hex, width = 2 },
        });
        var events = new Scatter
        {
            x = timeline.Marks.Select(m => m.Seconds / size).ToArray(), y = timeline.Marks.Select(m => (double)m.Event.Episode).ToArray(),
            text = timeline.Marks.Select(m => Html.Encode(TextOf(m.Event))).ToArray(), mode = "markers+text",
            textposition = "top center", name = "events", marker = new Marker { color = Color.Ink.Hex, size = 7 },
        };
        return new(LiveLink.TryToServer, Draw(timeline, title), title,
            new() { xaxis = new Xaxis { title = AxisName(timeline) }, yaxis = new Yaxis { title = "Episodes" } }, [.. lines, events]);
    }

    static Drawing Draw(RunTimeline timeline, string title)
    {
        var drawing = CurveChart.Canvas(Describe(timeline), Height);
        var area = CurveChart.Inner(drawing);
        double size = UnitOf(timeline.End).Seconds, last = timeline.Stretches.Select(s => s[^1].Episode).DefaultIfEmpty().Max();
        var (time, episodes) = (new NamedRange(AxisName(timeline), 0, timeline.End > 0 ? timeline.End / size : 1),
            new NamedRange("episodes", 0, Math.Max(1, last * 1.04)));
        var across = PlotPanel.Across(area, time, episodes);
        double Place(double seconds) => across.At(seconds / size);
        var names = NamesOf(timeline, Place, area);
        var (_, y) = PlotPanel.DrawAxes(drawing, area, title, time, episodes,
            above: RowHeight * (names.Select(n => n.Row).DefaultIfEmpty().Max() + 1) - 6);
        foreach (var gap in timeline.Gaps)
        {
            double left = Place(gap.From), width = Place(gap.To) - left;
            drawing.Rectangle(left, y.End, width, y.Start - y.End, gap.IsInterruption ? Lost : Idle);
            string text = $"{(gap.IsInterruption ? "nothing kept" : "no training")}, {Span(gap.To - gap.From)}";
            if (StrokeFont.Width(text, LabelSize) + 8 < width)
                drawing.Text(left + width / 2, y.Start - 8, text, LabelSize, gap.IsInterruption ? Color.Bad : Color.Soft, Align.Middle);
        }

        foreach (var (mark, _, _, row) in names)
            drawing.Line(ColorOf(mark.Event) with { A = 120 }, 1, new(Place(mark.Seconds), y.Start),
                new(Place(mark.Seconds), y.End - RowHeight * (row + 1) + 2));
        foreach (var (mark, text, left, row) in names.Where(n => n.Row >= 0))
        {
            // A line that leads to a row above passes behind the name.
            double baseline = y.End - RowHeight * row - 5;
            drawing.Rectangle(left - 1, baseline - 10, StrokeFont.Width(text, LabelSize) + 2, 13, Color.Card);
            drawing.Text(left, baseline, text, LabelSize, ColorOf(mark.Event));
        }

        foreach (var stretch in timeline.Stretches)
            drawing.Line(Color.Curve, 2.2, [.. stretch.Select(p => new Point(Place(p.Seconds), y.At(p.Episode)))]);
        foreach (var (before, after) in timeline.Stretches.Zip(timeline.Stretches.Skip(1)))
            drawing.DashedLine(Color.Curve, 1.4, new(Place(before[^1].Seconds), y.At(before[^1].Episode)),
                new(Place(after[0].Seconds), y.At(after[0].Episode)));
        foreach (var mark in timeline.Marks)
            drawing.Rectangle(Place(mark.Seconds) - 4, y.At(mark.Event.Episode) - 4, 8, 8, ColorOf(mark.Event), 4, Color.Card, 1.2);
        return drawing;
    }

    /// <summary>The names of the events, each in the first row that has room for it; row −1 if none has.</summary>
    static List<(RunTimeline.Mark Mark, string Text, double Left, int Row)> NamesOf(RunTimeline timeline, Func<double, double> place,
        Area area)
    {
        double[] taken = [.. Enumerable.Repeat(double.NegativeInfinity, MostRows)];
        List<(RunTimeline.Mark, string, double, int)> names = [];
        foreach (var mark in timeline.Marks)
        {
            string text = TextOf(mark.Event);
            double at = place(mark.Seconds), width = StrokeFont.Width(text, LabelSize);
            double left = at + 4 + width < area.X + area.Width ? at + 4 : Math.Max(area.X, at - 4 - width);
            int row = Array.FindIndex(taken, end => end + 8 < left);
            if (row >= 0)
                taken[row] = left + width;
            names.Add((mark, text, left, row));
        }

        return names;
    }

    static Color ColorOf(RunEvent e) => e.Kind switch
    {
        RunEventKind.RunInterrupted or RunEventKind.TrainingError or RunEventKind.StoreError => Color.Bad,
        RunEventKind.RunResumed or RunEventKind.Resumed or RunEventKind.Completed => Color.Good,
        _ => e.IsChange ? Color.Warn : Color.Ink,
    };

    static string TextOf(RunEvent e) => e.IsChange ? CurvePanel.TextOf(e) : e.Kind == RunEventKind.Checkpoint ? $"saved {e.Message}"
        : (e.Word.StartsWith("run_", StringComparison.Ordinal) ? e.Word[4..] : e.Word).Replace('_', ' ');

    static string Describe(RunTimeline timeline)
    {
        const int most = 12;
        var told = timeline.Marks.Take(most)
            .Select(m => $"{TextOf(m.Event)} after {Numerals.Count(m.Event.Episode)} episodes at {Span(m.Seconds)}");
        return $"Episodes of {timeline.Name} over wall-clock time: {string.Join("; ", told)}{(timeline.Marks.Count > most ? "; …" : "")}.";
    }

    static string AxisName(RunTimeline timeline) => $"{UnitOf(timeline.End).Name} since "
        + timeline.Begun.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    static (string Name, string Short, double Seconds) UnitOf(double seconds) => seconds switch
    {
        < 120 => ("seconds", "s", 1),
        < 7_200 => ("minutes", "min", 60),
        < 172_800 => ("hours", "h", 3_600),
        _ => ("days", "d", 86_400),
    };

    static string Span(double seconds)
    {
        var (_, unit, size) = UnitOf(seconds);
        return $"{(seconds / size).ToString("0.#", CultureInfo.InvariantCulture)} {unit}";
    }
}
