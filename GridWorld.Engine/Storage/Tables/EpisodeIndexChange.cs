using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>The changes of a transaction to the index of episodes.</summary>
internal sealed class EpisodeIndexChange
{
    readonly Dictionary<long, EpisodeIndex.Entry> changed = [];

    public void Set(EpisodeIndex.Entry chunk) => changed[chunk.Chunk] = chunk;

    public void Write(SqliteConnection connection)
    {
        foreach (var part in changed.Values.GroupBy(c => c.Chunk / EpisodeIndex.PartChunks))
        {
            byte[] bytes = StoreTable.EpisodeIndex.Read(connection, "WHERE part = $0", part.Key) is [var row]
                ? (byte[])row[1]!
                : new byte[EpisodeIndex.PartChunks * EpisodeIndex.EntrySize];
            foreach (var chunk in part)
                chunk.Write(bytes.AsSpan((int)(chunk.Chunk % EpisodeIndex.PartChunks) * EpisodeIndex.EntrySize, EpisodeIndex.EntrySize));
            if (bytes.AsSpan().ContainsAnyExcept((byte)0))
                StoreTable.EpisodeIndex.Put(connection, part.Key, bytes);
            else
                StoreTable.EpisodeIndex.Delete(connection, "WHERE part = $0", part.Key);
        }

        changed.Clear();
    }
}
