using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>The checkpoint in a seal.</summary>
internal sealed record SealedCheckpoint(long Id, long Episode, long Step, byte[] Digest)
{
    /// <summary>
    /// The newest checkpoint in the table that is not after the run's progress; null if there is none. Files of earlier versions can have
    /// later checkpoints, from before a resume.
    /// </summary>
    public static SealedCheckpoint? Newest(SqliteConnection connection) => connection.Rows(
        """
        SELECT id, episode, step, digest FROM checkpoint WHERE episode <= (SELECT episode FROM progress)
        ORDER BY episode DESC, id DESC LIMIT 1
        """)
        is [var row] ? new((long)row[0]!, (long)row[1]!, (long)row[2]!, (byte[])row[3]!) : null;
}
