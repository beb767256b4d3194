using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>
/// The output of a run in a cell: its picture, its facts, a link, and the live view if the notebook can reach the server.
/// </summary>
internal static class RunOutput
{
    /// <summary>
    /// The time that showing a run waits for its end, or for the first episode of a paced run. The output of a finished cell cannot change,
    /// and at tens of millions of steps per second most runs end within this time.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    static readonly ConditionalWeakTable<RunView, Shown> Last = [];

    /// <summary>
    /// Writes the output of one MIME type. A host requests the types one after the other: all show the same moment, and only the first
    /// waits.
    /// </summary>
    public static void Write(RunView view, string mimeType, TextWriter writer)
    {
        Shown shown;
        lock (Last)
        {
            if (!Last.TryGetValue(view, out shown!) || !shown.Gives(mimeType))
            {
                AwaitNews([view]);
                Last.AddOrUpdate(view, shown = new(Of(view, LiveLink.TryTo(view))));
                shown.Gives(mimeType);
            }
        }

        shown.Output.Write(mimeType, writer);
    }

    /// <summary>Creates the output of the run's current state.</summary>
    /// <param name="view">The run.</param>
    /// <param name="link">The link to the live view; null for none.</param>
    /// <param name="live">Whether the live view may replace the picture.</param>
    public static CellOutput Of(RunView view, LiveLink? link, bool live = true)
    {
        var status = view.StatusWithSolution();
        var facts = new RunFacts(view, status);
        var drawing = RunPicture.Draw(view, status);
        byte[] png = PngImage.Write(drawing);
        string still = Html.Picture(png, drawing.Width, drawing.Description) + Html.Caption(facts.Caption()) + Html.Facts(facts.Rows())
            + Note(facts);
        return new(Html.Block(LiveFrame.Over(still, link, live), $"{view.Id}@{status.Episodes}"), facts.Text(link?.Best), png);
    }

    static string Note(RunFacts facts) => facts.IsUnderWay
        ? Html.Caption("The run was still training when this picture was drawn. "
            + "For a newer picture, show the run again; for the final one, await the run.")
        : "";

    /// <summary>Waits briefly for the end of runs at full speed, and for the first episode of paced runs.</summary>
    public static void AwaitNews(IEnumerable<RunView> views)
    {
        Run[] runs = [.. views.OfType<Run>()];
        SpinWait.SpinUntil(() => Array.TrueForAll(runs, IsSettled), Patience);

        static bool IsSettled(Run run) =>
            run.Completion.IsCompleted || run.State == RunState.Paused || run is { Pace: not null, Episodes: > 0 };
    }

    /// <summary>An output, and the MIME types of it that have been written.</summary>
    sealed class Shown(CellOutput output)
    {
        static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);
        readonly HashSet<string> given = [];
        readonly long made = TimeProvider.System.GetTimestamp();

        public CellOutput Output => output;

        public bool Gives(string mimeType) => TimeProvider.System.GetElapsedTime(made) < Fresh && given.Add(mimeType);
    }
}
