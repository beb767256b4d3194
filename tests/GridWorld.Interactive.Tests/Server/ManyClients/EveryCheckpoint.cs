namespace GridWorld.Tests;

/// <summary>Resumes copies of a stopped run from each of its checkpoints, to where it stood.</summary>
internal static class EveryCheckpoint
{
    /// <summary>Compares the agent of each with a reference.</summary>
    /// <returns>How many there were.</returns>
    public static int Resume(RunSpecification specification, Run run, string store, string folder)
    {
        string path = RunFiles.PathOf(store, run.Id);
        List<StoredCheckpoint> all;
        using (var connection = StoreFile.Read(path))
            all = CheckpointTable.List(connection);
        Parallel.ForEach(all.Where(c => c.Episode < run.Episodes), new() { MaxDegreeOfParallelism = 2 }, checkpoint =>
        {
            string copy = Path.Combine(folder, $"{checkpoint.Id}");
            Directory.CreateDirectory(copy);
            File.Copy(path, RunFiles.PathOf(copy, run.Id));
            // Without a name the newest is taken: those after this one go, as they do where room is made for others.
            if (checkpoint.Name is null)
            {
                using var connection = StoreFile.Write(RunFiles.PathOf(copy, run.Id));
                connection.Atomically(() => CheckpointTable.Remove(connection, PageLedger.Read(connection),
                    [.. all.Where(c => (c.Episode, c.Id).CompareTo((checkpoint.Episode, checkpoint.Id)) > 0).Select(c => c.Id)]));
            }

            var again = GridWorld.Run.Resume(run.Id, copy, checkpoint: checkpoint.Name,
                options: new() { Store = copy, StartPaused = true });
            Assert.Equal(checkpoint.Episode, again.Episodes);
            again.Advance(run.Episodes - checkpoint.Episode);
            Wait.Until(() => again.State == RunState.Paused && again.Episodes == run.Episodes,
                $"The run from episode {checkpoint.Episode} did not come to episode {run.Episodes}.");
            // What came after a named checkpoint is dropped; after one without a name every command is given again.
            long named = run.EventLog.LastOrDefault(e => e.Kind == RunEventKind.Checkpoint && e.Message == checkpoint.Name
                && e.Episode == checkpoint.Episode)?.Seq ?? 0;
            var changes = run.EventLog.Where(e => checkpoint.Name is null || e.Episode < checkpoint.Episode
                || (e.Episode == checkpoint.Episode && e.Seq < named));
            var straight = new Reference(specification, changes).ToEpisode(run.Episodes);
            Assert.True(straight.Q.AsSpan().SequenceEqual(again.Agent().Q.AsSpan()),
                $"From the checkpoint '{checkpoint.Name}' after episode {checkpoint.Episode} the run comes to another agent.");
            again.Stop();
            again.Completion.Wait();
            Assert.DoesNotContain(again.EventLog, e => e.Kind == RunEventKind.StoreError);
            Directory.Delete(copy, recursive: true);
        });
        return all.Count;
    }
}
