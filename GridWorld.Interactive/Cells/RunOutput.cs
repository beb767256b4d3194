using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace GridWorld;

/// <summary>What a run shows in a cell: its picture, its facts, a link, and the live page where it can be reached.</summary>
internal static class RunOutput
{
    /// <summary>
    /// How long showing a run waits for its end, or at a pace for its first episode. A cell that has ended is never repainted, and at tens
    /// of millions of steps per second most runs end in that time.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    static readonly ConditionalWeakTable<RunView, Shown> Last = [];

    /// <summary>One kind of output. A host asks for the kinds one after the other: they show one moment, and wait once.</summary>
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

    /// <summary>The run as it is now.</summary>
    /// <param name="view">The run.</param>
    /// <param name="link">Where it can be watched; null for nowhere.</param>
    /// <param name="live">Whether the live page may take the picture's place.</param>
    public static CellOutput Of(RunView view, LiveLink? link, bool live = true)
    {
        var status = view.StatusWithTruth();
        var facts = new RunFacts(view, status);
        var drawing = RunPicture.Draw(view, status);
        byte[] png = PngImage.Write(drawing);
        string id = $"gw{RandomNumberGenerator.GetHexString(12, lowercase: true)}";
        string html = $"<div id=\"{id}-live\"></div><div id=\"{id}-still\">{Html.Picture(png, drawing.Width, drawing.Description)}{Html.Caption(facts.Caption())}{Html.Facts(facts.Rows())}{Note(facts)}</div>";
        if (link is { FitsFrame: false })
            html = Html.Link(link.Best, "Open the live view in a browser") + html;
        else if (link is not null)
            html += Html.Link(link.Best, "Open the live view in a browser") + (live ? LiveFrame.Script(id, link) : "");
        if (link is not null && PublicAddress.Hint(Environment.GetEnvironmentVariable) is { } hint)
            html += Html.Caption(hint);
        return new(Html.Block(html), facts.Text(link?.Best), png);
    }

    static string Note(RunFacts facts) => facts.IsUnderWay
        ? Html.Caption("It was still training when this picture was drawn. Show the run again for a newer one, or await it for the last one.")
        : "";

    /// <summary>Waits a moment for the ends of those that train at full speed, and for the first episode of those at a pace.</summary>
    public static void AwaitNews(IEnumerable<RunView> views)
    {
        Run[] runs = [.. views.Select(view => view.Run).OfType<Run>()];
        SpinWait.SpinUntil(() => Array.TrueForAll(runs, IsSettled), Patience);

        static bool IsSettled(Run run) => run.Completion.IsCompleted || run.State == RunState.Paused || run is { Pace: not null, Episode: > 0 };
    }

    /// <summary>An output, and which kinds of it have been handed out.</summary>
    sealed class Shown(CellOutput output)
    {
        static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);
        readonly HashSet<string> given = [];
        readonly long made = TimeProvider.System.GetTimestamp();

        public CellOutput Output => output;

        public bool Gives(string mimeType) => TimeProvider.System.GetElapsedTime(made) < Fresh && given.Add(mimeType);
    }
}
