namespace GridWorld;

/// <summary>The output of a sweep in a cell: its trials as a picture, how it stands, and the best settings.</summary>
internal static class SweepOutput
{
    /// <summary>Waits briefly for the end, because the output of a finished cell cannot change.</summary>
    public static void Write(SweepView sweep, string mimeType, TextWriter writer)
    {
        if (sweep is SweepRun live)
            SpinWait.SpinUntil(() => live.Completion.IsCompleted || live.State == RunState.Paused, RunOutput.Patience);
        Of(sweep, LiveLink.TryTo(sweep)).Write(mimeType, writer);
    }

    /// <param name="sweep">The sweep.</param>
    /// <param name="link">The link to the live view; null for none.</param>
    /// <param name="live">Whether the live view may replace the picture.</param>
    public static CellOutput Of(SweepView sweep, LiveLink? link = null, bool live = true)
    {
        var (status, trials, best) = (sweep.Status(), sweep.TrialResults(), sweep.BestTrials());
        var drawing = SweepPicture.Draw(sweep, status, trials);
        byte[] png = PngImage.Write(drawing);
        string headline = Printable.Line($"{sweep.Name}: {RunColumns.Word(status.State)}, {Numerals.Count(status.Ended)} of "
            + $"{Numerals.Count(status.Trials)} trials, {Numerals.Count(status.Steps)} steps"
            + (status.Failed > 0 ? $", {Numerals.Count(status.Failed)} failed" : "")
            + (status.SecondsLeft is { } left ? $", about {Numerals.Short(Math.Ceiling(left))} s left" : ""));
        var table = TableOutput.Of(
        [
            new("world", "", false, row => best[(int)row].World), new("learner", "", false, row => best[(int)row].Learner),
            new("trial", "", true, row => best[(int)row].Trial), new("settings", "", false, row => best[(int)row].Settings),
            new("objective", "tuning seeds", true, row => best[(int)row].Objective),
            new("on fresh seeds", "", true, row => best[(int)row].TestObjective),
            new("95 % interval", "", false, row => best[(int)row].Interval is { } i
                ? $"{Numerals.Short(i.Low)} to {Numerals.Short(i.High)}" : ""),
        ], best.Count);
        string html = Html.Picture(png, drawing.Width, drawing.Description) + Html.Caption(headline)
            + (status.Message is { } message ? Html.Caption(message) : "") + (best.Count > 0 ? table.Html : "");
        return new(Html.Block(LiveFrame.Over(html, link, live)), string.Join('\n',
            best.Select(b => $"best {b.Learner} in {b.World}: {b.Settings}, "
            + $"{Numerals.Short(b.TestObjective ?? b.Objective)}").Prepend(headline)), png);
    }
}
