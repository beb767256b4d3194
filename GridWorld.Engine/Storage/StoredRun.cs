using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>The data of a run file as of a checkpoint, from which the run can continue.</summary>
/// <param name="Header">The definition of the run.</param>
/// <param name="Progress">The progress at the last write.</param>
/// <param name="Events">All events.</param>
/// <param name="Checkpoints">All checkpoints whose row is intact.</param>
/// <param name="From">The row of the checkpoint; null for the beginning of the run.</param>
/// <param name="Checkpoint">The content of the checkpoint.</param>
/// <param name="History">The episodes up to the checkpoint.</param>
/// <param name="Damage">Sentences about damaged checkpoints that were skipped.</param>
internal sealed record StoredRun(RunHeader Header, StoredProgress Progress, List<RunEvent> Events,
    IReadOnlyList<StoredCheckpoint> Checkpoints,
    StoredCheckpoint? From, Checkpoint? Checkpoint, EpisodeHistory History, IReadOnlyList<string> Damage)
{
    /// <param name="connection">The file.</param>
    /// <param name="checkpoint">The name of the checkpoint to continue from; null for the newest.</param>
    /// <param name="lastSynced">A transaction that is known to have been on disk.</param>
    public static StoredRun Read(SqliteConnection connection, string? checkpoint, long lastSynced)
    {
        StoreFile.CheckStructure(connection, "quick_check");
        var header = RunHeader.Read(connection);
        var progress = StoredProgress.Read(connection);
        var events = ReadEvents(connection, header);
        var damage = new List<string>();
        if (Seal.Of(connection)?.Change < lastSynced)
            damage.Add($"{WalLog.CutOff}, including commands after {StoreTime.Write(progress.Updated)}.");
        var good = CheckpointTable.List(connection, damage.Add);
        if (Try(() => CheckpointTable.Newest(connection)) is { } newest && checkpoint is null)
            damage.Add($"{newest}.");
        EpisodeIndex? index = null;
        if (Try(() => index = EpisodeIndex.Read(connection)) is { } noIndex)
            damage.Add($"{noIndex}.");
        if (Try(() => ClockTable.Read(connection)) is { } noTimes)
            damage.Add($"{noTimes}: the times of its episodes are estimated from its events.");
        // A file of an earlier version can have checkpoints from before a resume.
        var candidates = checkpoint is null ? good.FindAll(c => c.Episode <= progress.Episode) : good.FindAll(c => c.Name == checkpoint);
        if (checkpoint is not null && candidates.Count == 0)
        {
            string[] names = [.. good.Where(c => c.Name is not null).Select(c => c.Name!).Distinct()];
            throw new InputException($"The run {header.Id} has no checkpoint '{Printable.Text(checkpoint)}'. "
                + (names.Length == 0 ? "It has no named checkpoints." : $"Named checkpoints: {string.Join(", ", names)}."));
        }

        string? old = Try(() => BucketTable.CheckAge(connection));
        if (old is not null)
            damage.Add($"{old}.");
        for (int i = candidates.Count - 1; i >= 0 && old is null; i--)
        {
            var from = candidates[i];
            try
            {
                var content = CheckpointTable.Read(connection, from, MostBytes(header.Specification.World));
                return new(header, progress, events, good, from, content, ReadHistory(connection, from.Episode, index, all: false), damage);
            }
            catch (StoreDamage e)
            {
                good.Remove(from);
                damage.Add($"The checkpoint after episode {from.Episode} is damaged ({e.Message}).");
            }
        }

        return checkpoint is null
            ? new(header, progress, events, good, null, null, new(), damage)
            : throw new InputException($"{damage[^1]} To continue from the newest intact checkpoint, resume without a checkpoint name.");

        static string? Try(Action read)
        {
            try
            {
                read();
                return null;
            }
            catch (StoreDamage e)
            {
                return e.Message;
            }
        }
    }

    /// <summary>The events, each of a kind that this version can apply.</summary>
    public static List<RunEvent> ReadEvents(SqliteConnection connection, RunHeader header, long after = 0)
    {
        var events = EventTable.Read(connection, header.Id, after);
        foreach (var e in events.Where(e => e.Kind == RunEventKind.ParamChange))
        {
            var learner = header.Specification.Learner;
            if (e.Param is null || e.NewValue is null || (Hyperparameter.Find(e.Param, learner) is null && learner is not UnknownLearner))
            {
                throw new InputException($"Event {e.Seq} changes '{Printable.Text(e.Param ?? "")}', which {Printable.Text(learner.Name)} "
                    + $"does not declare in this version. It declares: {Hyperparameter.Names(learner)}.");
            }

            Schedule.FromJson(e.NewValue);
        }

        foreach (var e in events.Where(e => e.Kind == RunEventKind.RewardChange))
            RunWorld.Read(e);

        return events;
    }

    /// <summary>The newest intact checkpoint of a file that is not after an episode; null if there is none.</summary>
    public static Checkpoint? NearestCheckpoint(string path, long episode, World world) => StoreFault.Explain(path, () =>
    {
        using var connection = StoreFile.Read(path);
        return connection.AtOneMoment(() =>
        {
            foreach (var stored in CheckpointTable.Nearest(connection, episode))
            {
                try
                {
                    return CheckpointTable.Read(connection, stored, MostBytes(world));
                }
                catch (StoreDamage)
                {
                    // An earlier checkpoint also works, but the replay takes longer.
                }
            }

            return null;
        });
    });

    /// <summary>The history as it was after a number of episodes.</summary>
    /// <param name="connection">The file.</param>
    /// <param name="episodes">Number of episodes.</param>
    /// <param name="index">The raw episodes that must exist; null if unknown.</param>
    /// <param name="all">Whether all buckets of the file must be intact, or only the requested ones.</param>
    public static EpisodeHistory ReadHistory(SqliteConnection connection, long episodes, EpisodeIndex? index = null, bool all = true)
    {
        var levels = BucketTable.Read(connection, episodes, all);
        var (first, rows) = EpisodeTable.ReadLast(connection, episodes, episodes + 1 - EpisodeHistory.OldestKept(episodes), index);
        if (first > episodes >> MetricPyramid.BaseLevel << MetricPyramid.BaseLevel)
            throw new StoreDamage($"The episodes before episode {episodes} are missing");
        return EpisodeHistory.Restore(new(first + 1, rows, levels), episodes);
    }

    /// <summary>More bytes than any learner keeps for a world of this size. A larger size in a file is damage.</summary>
    public static long MostBytes(World world) => (64L << 20) + 4096L * world.States;
}
