using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>What a file that is written holds, as it is on disk: which checkpoints, with which pages, and how many raw episodes.</summary>
internal sealed class KeptContent(Retention retention, TimeProvider time)
{
    List<StoredCheckpoint> checkpoints = [];
    PageLedger? ledger;
    (long Rows, long Bytes)? raw;

    /// <summary>The checkpoints, by episode.</summary>
    public IReadOnlyList<StoredCheckpoint> Checkpoints => checkpoints;

    /// <summary>The pages of the newest checkpoint, for the next to share; null where they are not known.</summary>
    public CheckpointPages? Newest { get; private set; }

    /// <summary>Takes over what a file holds.</summary>
    public void Take(IEnumerable<StoredCheckpoint> stored, CheckpointPages? newest = null)
    {
        checkpoints = [.. stored];
        Forget();
        Newest = newest;
    }

    /// <summary>Nothing is known any more but the checkpoints: the file could not be written.</summary>
    public void Forget() => (Newest, ledger, raw) = (null, null, null);

    /// <summary>Makes a change of the file; where it fails, nothing has changed here either: the next attempt writes it.</summary>
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

    /// <summary>Writes metrics, and removes the oldest raw episodes where they are too many.</summary>
    public void Write(SqliteConnection connection, HistoryDelta episodes)
    {
        long bytes = EpisodeTable.Append(connection, episodes.FirstRow - 1, episodes.Rows);
        foreach (var level in episodes.Levels)
            BucketTable.Append(connection, level);
        // Reckoned high, since a row that is written again counts again; looked up where that says too much.
        raw = raw is var (rows, allBytes) ? (rows + episodes.Rows.Count, allBytes + bytes) : null;
        if (raw is not var (allRows, most) || !retention.IsWithin(allRows, most))
            raw = retention.ThinRows(connection, checkpoints);
    }

    /// <summary>Writes a checkpoint and those on the way to it, and removes those that are too many.</summary>
    /// <returns>How long the waypoints took, in ticks of the clock: they do not count.</returns>
    public long Write(SqliteConnection connection, Checkpoint checkpoint, CheckpointPages pages, IEnumerable<Checkpoint> waypoints,
        double stepsPerSecond, DateTimeOffset now)
    {
        ledger ??= PageLedger.Read(connection);
        long passing = time.GetTimestamp();
        StoredCheckpoint[] passed = [.. waypoints
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

    /// <summary>Removes what comes after an episode.</summary>
    public void Truncate(SqliteConnection connection, long episode)
    {
        ledger = PageLedger.Read(connection);
        EpisodeTable.Truncate(connection, episode);
        BucketTable.Truncate(connection, episode);
        CheckpointTable.RemoveAfter(connection, ledger, episode);
        checkpoints.RemoveAll(c => c.Episode > episode);
    }
}
