namespace GridWorld;

/// <summary>Reads a run file completely and reports its errors.</summary>
internal static class StoredRunCheck
{
    /// <summary>The errors; none for an intact file.</summary>
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
                    StoreFile.CheckStructure(connection, "integrity_check");
                    var header = RunHeader.Read(connection);
                    long episodes = StoredProgress.Read(connection).Episode;
                    EpisodeIndex? index = null;
                    Check(() => StoredRun.ReadEvents(connection, header), "The events are damaged");
                    Check(() => CheckpointTable.List(connection), "The list of checkpoints is damaged");
                    Check(() => CheckpointTable.Newest(connection), "The newest checkpoint is damaged");
                    foreach (var checkpoint in CheckpointTable.List(connection, _ => { }))
                        Check(() => CheckpointTable.Read(connection, checkpoint, StoredRun.MostBytes(header.Specification.World)),
                            $"The checkpoint after episode {checkpoint.Episode} is damaged");
                    Check(() => index = EpisodeIndex.Read(connection), "The episodes are damaged");
                    Check(() => ClockTable.Read(connection), "The times of the episodes are damaged");
                    Check(() => StoredRun.ReadHistory(connection, episodes, index), "The episodes are damaged");
                    foreach (var (first, last) in EpisodeTable.Kept(connection, episodes, index))
                    {
                        for (long next = first - 1; next < last; next += EpisodeBuffer.Rows)
                            Check(() => EpisodeTable.Read(connection, next, last, EpisodeBuffer.Rows, index), "The episodes are damaged");
                    }

                    return true;
                });
            });
        }
        catch (InputException e)
        {
            faults.AddRange(e.Errors);
        }

        return faults;

        void Check(Func<object?> read, string what)
        {
            try
            {
                StoreDamage.Explain(read);
            }
            catch (StoreDamage e)
            {
                if ($"{what}: {e.Message}." is var fault && !faults.Contains(fault))
                    faults.Add(fault);
            }
        }
    }
}
