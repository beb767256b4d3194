using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>What a file holds of a run, as of a checkpoint: all that going on needs.</summary>
/// <param name="Header">What the run is.</param>
/// <param name="Progress">Where it stood when something was last written.</param>
/// <param name="Events">All events.</param>
/// <param name="Checkpoints">All checkpoints that are good as far as was looked.</param>
/// <param name="From">The checkpoint below; null for the very start.</param>
/// <param name="Checkpoint">Its content.</param>
/// <param name="History">The episodes up to it.</param>
/// <param name="Damage">Sentences about checkpoints that were passed over.</param>
internal sealed record StoredRun(RunHeader Header, StoredProgress Progress, List<RunEvent> Events, IReadOnlyList<StoredCheckpoint> Checkpoints,
    StoredCheckpoint? From, Checkpoint? Checkpoint, EpisodeHistory History, IReadOnlyList<string> Damage)
{
    public static StoredRun Read(SqliteConnection connection, string? checkpoint)
    {
        if (connection.One("PRAGMA quick_check(1)") is not "ok")
            throw new StoreDamage("SQLite finds its structure broken");
        var header = RunHeader.Read(connection);
        var events = ReadEvents(connection, header);
        var damage = new List<string>();
        var good = CheckpointTable.List(connection, damage.Add);
        var candidates = checkpoint is null ? [.. good] : good.FindAll(c => c.Name == checkpoint);
        if (checkpoint is not null && candidates.Count == 0)
        {
            string[] names = [.. good.Where(c => c.Name is not null).Select(c => c.Name!).Distinct()];
            throw new InputException($"The run {header.Id} has no checkpoint '{Printable.Text(checkpoint)}'. " + (names.Length == 0 ? "It has none with a name." : $"It has: {string.Join(", ", names)}."));
        }

        for (int i = candidates.Count - 1; i >= 0; i--)
        {
            var from = candidates[i];
            try
            {
                var content = CheckpointTable.Read(connection, from, MostBytes(header.Specification.World));
                return new(header, StoredProgress.Read(connection), events, good, from, content, ReadHistory(connection, from.Episode), damage);
            }
            catch (StoreDamage e)
            {
                good.Remove(from);
                damage.Add($"The checkpoint after episode {from.Episode} is damaged ({e.Message}).");
            }
        }

        return checkpoint is null
            ? new(header, StoredProgress.Read(connection), events, good, null, null, new(), damage)
            : throw new InputException($"{damage[^1]} Resume without naming a checkpoint, to go on from the newest good one.");
    }

    /// <summary>The events, each of a kind that this version can apply.</summary>
    public static List<RunEvent> ReadEvents(SqliteConnection connection, RunHeader header, long after = 0)
    {
        var events = EventTable.Read(connection, header.Id, after);
        foreach (var e in events.Where(e => e.Event == RunEvents.ParamChange))
        {
            if (e.Param is null || e.NewValue is null || Hyperparameter.Find(e.Param, header.Specification.Learner) is null)
                throw new InputException($"Event {e.Seq} changes '{Printable.Text(e.Param ?? "")}', which this version does not know. Update GridWorld.");
            Schedule.FromJson(e.NewValue);
        }

        return events;
    }

    /// <summary>The history as it was after so many episodes.</summary>
    public static EpisodeHistory ReadHistory(SqliteConnection connection, long episodes)
    {
        var levels = BucketTable.Read(connection, episodes);
        var (first, rows) = EpisodeTable.ReadLast(connection, episodes, episodes + 1 - EpisodeHistory.OldestKept(episodes));
        if (first > episodes >> MetricPyramid.BaseLevel << MetricPyramid.BaseLevel)
            throw new StoreDamage($"The episodes before episode {episodes} are missing");
        return EpisodeHistory.Restore(new(first + 1, rows, levels), episodes);
    }

    /// <summary>More than any learner keeps for a world of this size; a file that claims more is not believed.</summary>
    public static long MostBytes(World world) => (64L << 20) + 4096L * world.States;
}
