namespace GridWorld;

/// <summary>Caches the past moments of a run that were read last.</summary>
internal sealed class PastMoments
{
    const int Most = 8;
    // Runs with smaller tables keep checkpoints in memory, which are nearer.
    const long MostBytes = 64 << 20, LargeBytes = 1 << 20;
    readonly Lock gate = new();
    readonly List<(PastRunView View, long LastChange)> moments = [];
    (RunLoop Loop, long LastChange)? waypoint;

    public RunView At(RunView present, long episode, CancellationToken cancellationToken)
    {
        var rewind = present.Rewind();
        rewind.Check(episode);
        long lastChange = LastChange(rewind, episode);
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

        var loop = LoopAt(present, rewind, episode, cancellationToken);
        var view = new PastRunView(present, rewind.Until(episode), loop);
        lock (gate)
        {
            if (view.Bytes >= LargeBytes)
                waypoint = (loop, lastChange);
            moments.Add((view, lastChange));
            while (moments.Count > 1 && (moments.Count > Most || moments.Count * view.Bytes > MostBytes))
                moments.RemoveAt(0);
        }

        return view;
    }

    /// <summary>
    /// Advances the loop of the moment that was computed last if it is nearer than a checkpoint: with large tables, checkpoints are seconds
    /// of training apart. The caller owns the loop.
    /// </summary>
    RunLoop LoopAt(RunView present, Rewind rewind, long episode, CancellationToken cancellationToken)
    {
        RunLoop? used;
        bool isNearest;
        lock (gate)
        {
            used = waypoint?.Loop;
            isNearest = used?.Loop.Episodes is { } at && at <= episode && waypoint?.LastChange == LastChange(rewind, at)
                && !present.CheckpointList.Any(c => c.Episode > at && c.Episode <= episode);
            waypoint = null;
        }

        return rewind.LoopAt(episode, cancellationToken, used, isNearest);
    }

    /// <summary>
    /// The last event that a moment depends on. The moment is invalid after a new change at or before it, and after a resume from an
    /// earlier checkpoint.
    /// </summary>
    static long LastChange(Rewind rewind, long episode) =>
        rewind.Events.LastOrDefault(e => (e.IsChange || e.Kind == RunEventKind.RunResumed) && e.Episode <= episode)?.Seq ?? 0;
}
