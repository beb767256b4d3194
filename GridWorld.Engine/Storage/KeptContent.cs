using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>The known content of a run file that is being written: its checkpoints, their pages, and the number of raw episodes.</summary>
internal sealed class KeptContent(Retention retention, TimeProvider time)
{
    List<StoredCheckpoint> checkpoints = [];
    PageLedger? ledger;
    (long Rows, long Bytes)? raw;

    /// <summary>The checkpoints, by episode.</summary>
    public IReadOnlyList<StoredCheckpoint> Checkpoints => checkpoints;

    /// <summary>The pages of the newest checkpoint, which the next one can share; null if unknown.</summary>
    public CheckpointPages? Newest { get; private set; }

    /// <summary>Sets the content that was read from the file.</summary>
    public void Take(IEnumerable<StoredCheckpoint> stored, CheckpointPages? newest = null)
    {
        checkpoints = [.. stored];
        Forget();
        Newest = newest;
    }

    /// <summary>Forgets everything except the checkpoints, after a failed write.</summary>
    public void Forget() => (Newest, ledger, raw) = (null, null, null);

    /// <summary>Makes a change. If it fails, the data was not committed, so the next attempt writes it.</summary>
    public void Within(Action change)
    {
        var onDisk = checkpoints;
        checkpoints = [.. onDisk];
        try
        {
            change();
        }
        catch
        {
            checkpoints = onDisk;
            throw;
        }
    }

    /// <summary>Whether there is an automatic checkpoint after an episode.</summary>
    public bool Has(long episode) => checkpoints.Exists(c => c.Episode == episode && c.Name is null);

    /// <summary>Writes metrics, and removes the oldest raw episodes beyond the budget.</summary>
    public void Write(SqliteConnection connection, HistoryDelta episodes)
    {
        long bytes = EpisodeTable.Append(connection, episodes.FirstRow - 1, episodes.Rows);
        foreach (var level in episodes.Levels)
            BucketTable.Append(connection, level);
        // This estimate is too high, because a row that is rewritten counts twice. If it exceeds the budget, the exact number is read.
        raw = raw is var (rows, allBytes) ? (rows + episodes.Rows.Count, allBytes + bytes) : null;
        if (raw is not var (allRows, most) || !retention.IsWithin(allRows, most))
            raw = retention.ThinRows(connection, checkpoints);
    }

    /// <summary>Writes a checkpoint and earlier ones, and removes the checkpoints beyond the budget.</summary>
    /// <returns>The time for the earlier ones, in ticks of the clock, which does not count.</returns>
    public long Write(SqliteConnection connection, Checkpoint checkpoint, CheckpointPages pages, IEnumerable<Checkpoint> memoryCheckpoints,
        double stepsPerSecond, DateTimeOffset now)
    {
        ledger ??= PageLedger.Read(connection);
        long passing = time.GetTimestamp();
        StoredCheckpoint[] passed = [.. memoryCheckpoints
            .Where(w => w.Name is not null || (w.Episode != checkpoint.Episode && !Has(w.Episode)))
            .Select(w => CheckpointTable.Write(connection, ledger, CheckpointPages.Of(w, null), w, now))];
        passing = time.GetTimestamp() - passing;
        var saved = CheckpointTable.Write(connection, ledger, pages, checkpoint, now);
        checkpoints.RemoveAll(c => c.Episode == saved.Episode && c.Name == saved.Name);
        checkpoints.AddRange([.. passed, saved]);
        var excess = retention.Excess(checkpoints, stepsPerSecond, ledger);
        CheckpointTable.Remove(connection, ledger, [.. excess.Select(c => c.Id)]);
        checkpoints.RemoveAll(excess.Contains);
        checkpoints.Sort((a, b) => (a.Episode, a.Id).CompareTo((b.Episode, b.Id)));
        Newest = excess.Contains(saved) ? null : pages.WithoutBytes();
        return passing;
    }

    /// <summary>Removes everything after an episode.</summary>
    public void Truncate(SqliteConnection connection, long episode)
    {
        ledger = PageLedger.Read(connection);
        EpisodeTable.Truncate(connection, episode);
        BucketTable.Truncate(connection, episode);
        CheckpointTable.RemoveAfter(connection, ledger, episode);
        checkpoints.RemoveAll(c => c.Episode > episode);
    }
}
