
namespace GridWorld;

/// <summary>
/// Draws the trials of a sweep as parallel coordinates: an axis per varied setting and one for the objective, and a line per trial, the
/// better the brighter.
/// </summary>
internal static class SweepPicture
{
    const int Width = 720, Height = 264, Margin = 14, Side = 46, Top = 58, Bottom = 24, MostLines = 400, MostAxes = 7;

    public static Drawing Draw(SweepView sweep, SweepStatus status, IReadOnlyList<TrialResult> trials)
    {
        string objective = sweep.Definition.Objective;
        bool higher = SweepObjectives.Parse(objective).HigherIsBetter;
        var drawing = new Drawing(Width, Height,
            $"Sweep {sweep.Name}: {Numerals.Count(status.Ended)} of {Numerals.Count(status.Trials)} trials "
            + $"as lines over their settings and {objective}; better trials are brighter.");
        drawing.Rectangle(0, 0, Width, Height, Color.Card, 8, Color.Edge);
        drawing.Text(Margin, Margin + 11, $"Trials by setting and {objective.Replace('_', ' ')}", 13, Color.Ink, bold: true);
        var shown = trials.Where(t => t is { IsTest: false, Objective: { } value } && double.IsFinite(value))
            .OrderBy(t => higher ? t.Objective : -t.Objective).ToList();
        if (shown.Count == 0)
        {
            drawing.Text(Width / 2, Height / 2, "No trial has ended yet.", 12, Color.Faint, Align.Middle);
            return drawing;
        }

        var axes = Axes(sweep, shown).ToList();
        double gap = axes.Count > 1 ? (Width - 2.0 * (Margin + Side)) / (axes.Count - 1) : 0;
        // Every k-th of many, and the best one always: it is the last.
        int step = Math.Max(1, shown.Count / MostLines);
        for (int k = (shown.Count - 1) % step; k < shown.Count; k += step)
        {
            double rank = shown.Count == 1 ? 1 : (double)k / (shown.Count - 1);
            var color = Color.Cividis(rank) with { A = (byte)(90 + 140 * rank) };
            drawing.Line(color, k == shown.Count - 1 ? 2.4 : 1.1, [.. axes.Select((axis, a) => (a, Place: axis.Place(shown[k])))
                .Where(p => p.Place is not null).Select(p => new Point(Margin + Side + p.a * gap, p.Place!.Value))]);
        }

        for (int a = 0; a < axes.Count; a++)
            DrawAxis(drawing, axes[a], Margin + Side + a * gap, a == axes.Count - 1 && a > 0);

        return drawing;
    }

    static IEnumerable<SettingAxis> Axes(SweepView sweep, List<TrialResult> trials)
    {
        if (trials.Select(t => t.World).Distinct().Count() > 1)
            yield return SettingAxis.OfWords("world", trials, t => t.World);
        if (trials.Select(t => t.Learner).Distinct().Count() > 1)
            yield return SettingAxis.OfWords("learner", trials, t => t.Learner);
        foreach (var parameter in sweep.Definition.Space.Take(MostAxes))
        {
            yield return trials.TrueForAll(t => !t.Settings.TryGetValue(parameter.Name, out var value) || value.Number is not null)
                ? SettingAxis.OfNumbers(parameter.Name, trials, t => t.Settings.TryGetValue(parameter.Name, out var v) ? v.Number : null,
                    parameter.Kind == SearchKind.LogUniform)
                : SettingAxis.OfWords(parameter.Name, trials, t => t.Settings.TryGetValue(parameter.Name, out var v) ? v.ToString() : null);
        }

        yield return SettingAxis.OfNumbers(sweep.Definition.Objective, trials, t => t.Objective, isLogarithmic: false);
    }

    static void DrawAxis(Drawing drawing, SettingAxis axis, double x, bool isLast)
    {
        string name = axis.Name.Replace('_', ' ');
        if (isLast)
            drawing.Text(x + Side, Top - 12, StrokeFont.Cut(name, 11, 3 * Side), 11, Color.Ink, Align.End);
        else
            drawing.Text(x, Top - 12, StrokeFont.Cut(name, 11, 2 * Side - 4), 11, Color.Ink, Align.Middle);
        drawing.Line(Color.Faint, 1, new(x, Top), new(x, Height - Bottom));
        foreach (var (text, y) in axis.Ticks)
        {
            string shown = StrokeFont.Cut(text, 10, Side + Margin - 8);
            double width = StrokeFont.Width(shown, 10), left = isLast ? x + 5 : x - 5 - width;
            drawing.Rectangle(left - 2, y - 7, width + 4, 14, Color.Card with { A = 210 }, 3);
            drawing.Text(left, y + 4, shown, 10, Color.Soft);
        }
    }

    /// <summary>An axis: where a trial lies on it, and its labels.</summary>
    sealed record SettingAxis(string Name, Func<TrialResult, double?> Place, IReadOnlyList<(string Text, double Y)> Ticks)
    {
        public static SettingAxis OfNumbers(string name, List<TrialResult> trials, Func<TrialResult, double?> of, bool isLogarithmic)
        {
            double[] values = [.. trials.Select(of).OfType<double>().DefaultIfEmpty(0)];
            double low = values.Min(), high = values.Max();
            bool log = isLogarithmic && low > 0;
            double from = log ? Math.Log(low) : low, span = (log ? Math.Log(high) : high) - from;
            double[] labels = high > low ? [low, log ? Math.Sqrt(low * high) : (low + high) / 2, high] : [low];
            return new(name, t => of(t) is { } value ? At(value) : null, [.. labels.Select(v => (Numerals.Short(v), At(v)))]);

            double At(double value) =>
                Height - Bottom - (span > 0 ? ((log ? Math.Log(value) : value) - from) / span : 0.5) * (Height - Bottom - Top);
        }

        public static SettingAxis OfWords(string name, List<TrialResult> trials, Func<TrialResult, string?> of)
        {
            string[] words = [.. trials.Select(of).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
            return new(name, t => of(t) is { } word ? At(Array.IndexOf(words, word)) : null, [.. words.Select((w, k) => (w, At(k)))]);

            double At(int word) => Height - Bottom - (words.Length > 1 ? (double)word / (words.Length - 1) : 0.5) * (Height - Bottom - Top);
        }
    }
}
