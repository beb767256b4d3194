using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>The tables of checkpoints, sections and pages of a run file.</summary>
internal static class CheckpointTable
{
    const int PageSize = CheckpointPages.PageSize;

    /// <summary>All checkpoints, by episode.</summary>
    /// <exception cref="StoreDamage">A checkpoint is missing or damaged.</exception>
    public static List<StoredCheckpoint> List(SqliteConnection connection) =>
        StoreTable.Checkpoint.ReadAll(connection, "ORDER BY episode, id").ConvertAll(Decode);

    /// <summary>The checkpoints whose row is intact, by episode. Reports the others.</summary>
    public static List<StoredCheckpoint> List(SqliteConnection connection, Action<string> damaged)
    {
        int told = 0;
        var good = StoreTable.Checkpoint.Read(connection, e => Tell(e.Message), "ORDER BY episode, id").ConvertAll(Decode);
        if (told == 0 && Seal.Of(connection) is { } seal
            && seal.Tables[StoreTable.Checkpoint.Name] != StoreTable.Checkpoint.Count(connection))
            Tell($"{good.Count} of {seal.Tables[StoreTable.Checkpoint.Name].Rows} exist");
        return good;

        void Tell(string what)
        {
            told++;
            damaged($"A checkpoint is damaged ({what}).");
        }
    }

    /// <summary>The checkpoints that are not after an episode, newest first, without those whose row is damaged.</summary>
    public static IEnumerable<StoredCheckpoint> Nearest(SqliteConnection connection, long episode)
    {
        foreach (var id in connection.Rows("SELECT id FROM checkpoint WHERE episode <= $0 ORDER BY episode DESC, id DESC", episode))
        {
            foreach (var row in StoreTable.Checkpoint.Read(connection, _ => { }, "WHERE id = $0", id[0]))
                yield return Decode(row);
        }
    }

    /// <summary>The newest checkpoint up to the progress of the run; null if there is none.</summary>
    /// <exception cref="StoreDamage">The row of the checkpoint is missing or damaged.</exception>
    public static StoredCheckpoint? Newest(SqliteConnection connection)
    {
        var newest = Seal.Of(connection) is { } seal ? seal.Checkpoint : SealedCheckpoint.Newest(connection);
        if (newest is null)
            return null;
        var row = StoreTable.Checkpoint.Read(connection, _ => { }, "WHERE id = $0", newest.Id) is [var one] ? Decode(one) : null;
        return row is not null && row.Episode == newest.Episode && row.Digest.AsSpan().SequenceEqual(newest.Digest)
            ? row
            : throw StoreDamage.OfCheckpoint(newest.Episode, "its row is missing or is not the one that was written");
    }

    /// <summary>Whether a listed checkpoint still exists.</summary>
    public static bool Has(SqliteConnection connection, StoredCheckpoint stored) =>
        connection.One("SELECT 1 FROM checkpoint WHERE id = $0 AND episode = $1 AND digest = $2", stored.Id, stored.Episode,
            stored.Digest) is not null;

    /// <summary>Writes a checkpoint. It replaces one with the same episode and name.</summary>
    public static StoredCheckpoint Write(SqliteConnection connection, PageLedger ledger, CheckpointPages pages, Checkpoint checkpoint,
        DateTimeOffset time)
    {
        var givesWay = connection.Rows("SELECT id FROM checkpoint WHERE episode = $0 AND name IS $1", checkpoint.Episode, checkpoint.Name);
        long id = (connection.One("SELECT max(id) FROM checkpoint") as long? ?? 0) + 1,
            page = connection.One("SELECT max(id) FROM page") as long? ?? 0, bytes = 0;
        int place = 0;
        foreach (var section in pages.Sections)
        {
            for (int p = 0; p < section.Pages.Length; p++)
            {
                if (section.Pages[p].Packed is not { } packed)
                    continue;
                section.Pages[p].Id = ++page;
                StoreTable.Page.Put(connection, page, section.Pages[p].Length, packed);
                bytes += packed.Length;
            }

            StoreTable.Section.Put(connection, id, place++, section.Name, section.Length, section.Digest,
                MemoryMarshal.AsBytes(section.Pages.Select(p => p.Id).ToArray().AsSpan()).ToArray());
        }

        var stored = new StoredCheckpoint(id, checkpoint.Episode, checkpoint.Step, checkpoint.LastEventSeq, checkpoint.Name,
            checkpoint.Taken ?? time, bytes, pages.Digest);
        StoreTable.Checkpoint.Put(connection, id, stored.Episode, stored.Step, stored.LastEventSeq, stored.Name,
            StoreTime.Write(stored.Timestamp), bytes, stored.Digest);
        ledger.Add(id, pages);
        Remove(connection, ledger, [.. givesWay.Select(row => (long)row[0]!)]);
        return stored;
    }

    /// <summary>Reads a checkpoint and checks every byte. More bytes than the run's learner can need are damage.</summary>
    public static Checkpoint Read(SqliteConnection connection, StoredCheckpoint stored, long mostBytes) =>
        StoreDamage.Explain<Checkpoint>(() =>
    {
        var sections = new List<StateSection>();
        var digests = new List<byte>();
        foreach (var row in StoreTable.Section.Read(connection, "WHERE checkpoint = $0 ORDER BY place", stored.Id))
        {
            var (name, length, digest, ids) =
                ((string)row[2]!, (long)row[3]!, (byte[])row[4]!, MemoryMarshal.Cast<byte, long>((byte[])row[5]!).ToArray());
            mostBytes -= length;
            if (length < 0 || mostBytes < 0 || ids.Length != (length + PageSize - 1) / PageSize)
                throw new StoreDamage($"The part '{name}' has an impossible size");
            var bytes = new byte[length];
            for (int p = 0; p < ids.Length; p++)
            {
                int size = (int)Math.Min(PageSize, length - (long)p * PageSize);
                if (StoreTable.Page.Read(connection, "WHERE id = $0", ids[p]) is not [var page] || (long)page[1]! != size)
                    throw new StoreDamage($"A page of the part '{name}' is missing");
                Packing.Unpack((byte[])page[2]!, size).CopyTo(bytes, (long)p * PageSize);
            }

            if (!Digest.Of(bytes).AsSpan().SequenceEqual(digest))
                throw new StoreDamage($"The part '{name}' does not match its checksum");
            digests.AddRange(digest);
            sections.Add(new(name, bytes));
        }

        return Digest.Of(CollectionsMarshal.AsSpan(digests)).AsSpan().SequenceEqual(stored.Digest)
            ? new(stored.Episode, stored.Step, stored.LastEventSeq, sections, stored.Name)
            : throw new StoreDamage("Its parts are not the ones that were written");
    });

    static StoredCheckpoint Decode(object?[] row) =>
        new((long)row[0]!, (long)row[1]!, (long)row[2]!, (long)row[3]!, (string?)row[4], StoreTime.Read(row[5]), (long)row[6]!,
            (byte[])row[7]!);

    /// <summary>The page ids of each part, for the next checkpoint to share.</summary>
    public static Dictionary<string, long[]> PageIds(SqliteConnection connection, long checkpoint) => StoreTable.Section
        .Read(connection, "WHERE checkpoint = $0", checkpoint)
        .ToDictionary(row => (string)row[2]!, row => MemoryMarshal.Cast<byte, long>((byte[])row[5]!).ToArray());

    /// <summary>Removes the checkpoints after an episode.</summary>
    public static void RemoveAfter(SqliteConnection connection, PageLedger ledger, long episode) =>
        Remove(connection, ledger,
            [.. connection.Rows("SELECT id FROM checkpoint WHERE episode > $0", episode).Select(row => (long)row[0]!)]);

    /// <summary>Removes checkpoints and the pages that no other checkpoint uses.</summary>
    public static void Remove(SqliteConnection connection, PageLedger ledger, IReadOnlyCollection<long> ids)
    {
        foreach (long id in ids)
        {
            ledger.Remove(id);
            StoreTable.Checkpoint.Delete(connection, "WHERE id = $0", id);
            StoreTable.Section.Delete(connection, "WHERE checkpoint = $0", id);
        }

        foreach (long page in ledger.TakeUnused())
            connection.Run("DELETE FROM page WHERE id = $0", page);
    }
}
