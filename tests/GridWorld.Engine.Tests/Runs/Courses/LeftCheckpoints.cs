using Microsoft.Data.Sqlite;

namespace GridWorld.Tests;

/// <summary>A fault planted on purpose, which the comparison with the reference must find.</summary>
internal enum Plant
{
    None,

    /// <summary>Two changes of one hyperparameter at one boundary take effect in the wrong order.</summary>
    SwappedChanges,

    /// <summary>After going back, a checkpoint of the abandoned course is left in the file.</summary>
    LaterCheckpointLeft,

    /// <summary>A page is deleted that a checkpoint refers to.</summary>
    PageDeleted,
}

/// <summary>The checkpoints of a file after an episode, to be put back once they are gone.</summary>
internal sealed class LeftCheckpoints : IDisposable
{
    readonly string path, copy;
    readonly long episode;

    LeftCheckpoints(string path, long episode)
    {
        (this.path, this.episode, copy) = (path, episode, path + ".planted");
        System.IO.File.Copy(path, copy);
    }

    public static LeftCheckpoints After(string path, long episode) => new(path, episode);

    public void PutBack()
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        connection.Run("ATTACH $0 AS planted", copy);
        connection.Atomically(() =>
        {
            connection.Run("INSERT OR IGNORE INTO page SELECT * FROM planted.page");
            connection.Run("INSERT OR IGNORE INTO checkpoint SELECT * FROM planted.checkpoint WHERE episode > $0", episode);
            connection.Run(
                "INSERT OR IGNORE INTO section SELECT * FROM planted.section WHERE checkpoint IN (SELECT id FROM planted.checkpoint"
                + " WHERE episode > $0)", episode);
        });
    }

    public void Dispose() => System.IO.File.Delete(copy);
}

/// <summary>The first two changes of one hyperparameter at one boundary, each in the other's place.</summary>
internal static class SwappedChanges
{
    public static IReadOnlyList<RunEvent> In(IReadOnlyList<RunEvent> given)
    {
        var changes = given.ToList();
        for (int i = 0; i < changes.Count; i++)
        {
            var one = changes[i];
            int j = changes.FindIndex(i + 1, e => e.Kind == RunEventKind.ParamChange && (e.Episode, e.Param) == (one.Episode, one.Param));
            if (j < 0)
                continue;
            (changes[i], changes[j]) = (one with { Seq = changes[j].Seq }, changes[j] with { Seq = one.Seq });
            break;
        }

        return changes;
    }
}
