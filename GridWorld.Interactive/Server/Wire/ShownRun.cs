namespace GridWorld;

/// <summary>
/// A run of this process that the server shows. The server can release it after it has ended. Then it is shown live only while a page or
/// the user's program references it, and from its file after that.
/// </summary>
internal sealed class ShownRun
{
    const string LetGoOf =
        "This run was kept in memory only. It has ended, newer runs have ended since, and the server no longer keeps it. To keep a run,"
        + " train with a store.";

    readonly WeakReference<RunView> view;
    readonly WeakReference<WatchedRun> watched;
    WatchedRun? held;

    public ShownRun(RunView view)
    {
        (Id, StorePath, held) = (view.Id, view.StorePath, new(view));
        (this.view, watched) = (new(view), new(held));
    }

    public string Id { get; }

    /// <summary>The run file; null for a run in memory.</summary>
    public string? StorePath { get; }

    /// <summary>The summary of the run when it was released; null before.</summary>
    public RunSummary? Last { get; private set; }

    /// <summary>The run; null if nothing references it any more.</summary>
    public WatchedRun? Run
    {
        get
        {
            if ((held ?? (watched.TryGetTarget(out var seen) ? seen : null)) is { } run)
                return run;
            if (!view.TryGetTarget(out var alive))
                return null;
            run = new(alive);
            watched.SetTarget(run);
            return run;
        }
    }

    public bool IsInTraining => view.TryGetTarget(out var alive) && alive is Run { State: RunState.Training or RunState.Paused };

    /// <summary>Whether the run is released.</summary>
    public bool IsLetGo => held is null;

    public void Hold() => held = Run;

    /// <summary>Releases an ended run; a stored run only if its file is complete.</summary>
    public void LetGo()
    {
        if (held is not { View: var alive } || Summary(() => Of(alive)) is not { } ended)
            return;
        if (StorePath is not null
            && (Stored() is not { Error: null } stored
            || (stored.Episodes, stored.Steps, stored.State) != (ended.Episodes, ended.Steps, ended.State)))
            return;
        (Last, held) = (ended, null);
    }

    /// <summary>The summary in the run file; null if there is no file any more.</summary>
    public RunSummary? Stored() =>
        StorePath is { } path && File.Exists(path) ? Summary(() => StoreFolder.Find(Id, Path.GetDirectoryName(path))) : null;

    static RunSummary Of(RunView view)
    {
        var status = view.Status();
        return new(view.Id, view.Name, status.State, status.Episodes, status.TargetEpisodes, status.Steps, view.World.Name,
            view.Specification.Learner.Name,
            view.EventLog is [var first, ..]
            ? first.Timestamp : default, status.MeanReturnLast100, status.ParentRunId, status.ParentEpisode, LetGoOf)
        { Settings = RunSettings.Of(view.Specification) };
    }

    static RunSummary? Summary(Func<RunSummary> read)
    {
        try
        {
            return read();
        }
        catch (InputException)
        {
            return null;
        }
    }
}
