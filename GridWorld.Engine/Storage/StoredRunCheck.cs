namespace GridWorld;

/// <summary>Reads everything in a run's file, and says what is not as it was written.</summary>
internal static class StoredRunCheck
{
    /// <summary>The faults; none for a good file.</summary>
    public static IReadOnlyList<string> Of(string path)
    {
        var faults = new List<string>();
        try
        {
            StoreFault.Explain(path, () =>
            {
                using var connection = StoreFile.Read(path);
                return connection.AtOneMoment(() =>
                {
                    if (connection.One("PRAGMA integrity_check(1)") is not "ok")
                        throw new StoreDamage("SQLite finds its structure broken");
                    var header = RunHeader.Read(connection);
                    long episodes = StoredProgress.Read(connection).Episode, next = 0;
                    StoredRun.ReadEvents(connection, header);
                    foreach (var checkpoint in CheckpointTable.List(connection, faults.Add))
                        Check(() => CheckpointTable.Read(connection, checkpoint, StoredRun.MostBytes(header.Specification.World)), $"The checkpoint after episode {checkpoint.Episode} is damaged");
                    Check(() => StoredRun.ReadHistory(connection, episodes), "The episodes are damaged");
                    while (next < episodes && EpisodeTable.Read(connection, next, episodes, EpisodeBuffer.Rows) is { Rows.Count: > 0 } page)
                        next = page.FirstIndex + page.Rows.Count;
                    return true;
                });
            });
        }
        catch (InputException e)
        {
            faults.AddRange(e.Errors);
        }

        return faults;

        void Check(Func<object> read, string what)
        {
            try
            {
                read();
            }
            catch (StoreDamage e)
            {
                faults.Add($"{what}: {e.Message}.");
            }
        }
    }
}
