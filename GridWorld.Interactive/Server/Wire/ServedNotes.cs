namespace GridWorld;

/// <summary>The notes about the runs that the server shows, each in the folder that has the run's file.</summary>
internal sealed class ServedNotes(ServedRuns runs)
{
    readonly Lock gate = new();
    readonly Dictionary<string, RunNotes> files = new(StringComparer.Ordinal);
    readonly RunNotes inMemory = new(null);

    public RunNote Of(string id) => FileOf(id).Of(id);

    public void Set(string id, Func<RunNote, RunNote> change)
    {
        lock (gate)
        {
            var file = FileOf(id);
            file.Refresh();
            file.Set(id, change(file.Of(id)));
        }
    }

    /// <summary>Reads notes that another process changed.</summary>
    public void Refresh()
    {
        lock (gate)
            foreach (var file in files.Values)
                file.Refresh();
    }

    RunNotes FileOf(string id)
    {
        if (runs.FolderOf(id) is not { } folder)
            return inMemory;
        lock (gate)
        {
            if (!files.TryGetValue(folder, out var file))
            {
                files[folder] = file = new(folder);
                file.Refresh();
            }

            return file;
        }
    }
}
