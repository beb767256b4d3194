using System.Globalization;

namespace GridWorld;

/// <summary>The output of an ensemble in a cell: its picture and its facts.</summary>
internal static class EnsembleOutput
{
    /// <summary>Waits briefly for the end, because the output of a finished cell cannot change.</summary>
    public static void Write(EnsembleView ensemble, string mimeType, TextWriter writer)
    {
        if (ensemble is Ensemble live)
            SpinWait.SpinUntil(() => live.Completion.IsCompleted || live.State == RunState.Paused, RunOutput.Patience);
        Of(ensemble, LiveLink.TryTo(ensemble)).Write(mimeType, writer);
    }

    /// <param name="ensemble">The ensemble.</param>
    /// <param name="link">The link to the live view; null for none.</param>
    /// <param name="live">Whether the live view may replace the picture.</param>
    public static CellOutput Of(EnsembleView ensemble, LiveLink? link = null, bool live = true)
    {
        var status = ensemble.Status();
        var drawing = EnsemblePicture.Draw(ensemble, status);
        byte[] png = PngImage.Write(drawing);
        var facts = Facts(ensemble, status).ToList();
        string note = status.State is RunState.Training or RunState.Paused
            ? Html.Caption("The ensemble was still training when this picture was drawn. For the final one, await the ensemble.") : "";
        string still = Html.Picture(png, drawing.Width, drawing.Description) + Html.Caption(Headline(ensemble, status))
            + Html.Facts(facts) + note;
        return new(Html.Block(LiveFrame.Over(still, link, live)),
            string.Join('\n', facts.Select(f => $"{f.Name}: {f.Text}").Prepend(Headline(ensemble, status))), png);
    }

    static string Headline(EnsembleView ensemble, EnsembleStatus status) => Printable.Line(string.Create(CultureInfo.InvariantCulture,
        $"{ensemble.Name}: {status.Seeds} seeds of {ensemble.Specification.Learner.Name} in {ensemble.Specification.World.Name}, "
        + $"from seed {ensemble.Specification.Seed}"));

    static IEnumerable<(string Name, string Text)> Facts(EnsembleView ensemble, EnsembleStatus status)
    {
        yield return ("State", $"{RunColumns.Word(status.State)}: {Numerals.Count(status.Episodes)} episodes each, "
            + $"{Numerals.Count(status.Steps)} steps in all"
            + (status.StepsPerSecond > 0 ? $", {Numerals.Large(status.StepsPerSecond)} steps/s" : ""));
        var seeds = ensemble.Seeds;
        if (seeds.InterquartileReturn() is ({ } mean, { } interval))
        {
            double[] scores = [.. seeds.FiniteReturns()];
            yield return ("Return", $"{Numerals.Short(mean)} over the last 100 episodes (interquartile mean over seeds; "
                + $"95 % interval {Numerals.Short(interval.Low)} to {Numerals.Short(interval.High)})");
            yield return ("Seeds", $"worst {Numerals.Short(scores.Min())}, best {Numerals.Short(scores.Max())}"
                + (status.Failed > 0 ? $"; {Numerals.Count(status.Failed)} failed" : ""));
        }

        if (status.Message is { } message)
            yield return ("Error", message);
    }
}
