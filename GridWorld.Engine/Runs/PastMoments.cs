namespace GridWorld;

/// <summary>Caches the past moments of a run that were read last.</summary>
internal sealed class PastMoments
{
    const int Most = 8;
    const long MostBytes = 64 << 20;
    readonly Lock gate = new();
    readonly List<(PastRunView View, long LastChange)> moments = [];

    public RunView At(RunView present, long episode, CancellationToken cancellationToken)
    {
        var rewind = present.Rewind();
        rewind.Check(episode);
        // A moment is invalid after a new change at or before it, and after a resume from an earlier checkpoint.
        long lastChange = rewind.Events.LastOrDefault(e =>
            (e.IsChange || e.Kind == RunEventKind.RunResumed) && e.Episode <= episode)?.Seq ?? 0;
        lock (gate)
        {
            int known = moments.FindIndex(m => m.View.Episode == episode && m.LastChange == lastChange);
            if (known >= 0)
            {
                moments.Add(moments[known]);
                moments.RemoveAt(known);
                return moments[^1].View;
            }
        }

        var view = new PastRunView(present, rewind.Until(episode), rewind.LoopAt(episode, cancellationToken));
        lock (gate)
        {
            moments.Add((view, lastChange));
            while (moments.Count > 1 && (moments.Count > Most || moments.Count * view.Bytes > MostBytes))
                moments.RemoveAt(0);
        }

        return view;
    }
}
