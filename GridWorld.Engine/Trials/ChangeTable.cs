using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>The changes of hyperparameters in the file of an ensemble.</summary>
internal static class ChangeTable
{
    public static void Add(SqliteConnection connection, RunEvent e) => SweepTables.Change.Add(connection, e.Seq, e.Episode,
        StoreTime.Write(e.Timestamp), e.Param, e.OldValue, e.NewValue);

    /// <summary>All changes, in order. A missing one is damage.</summary>
    public static List<RunEvent> Read(SqliteConnection connection, string id)
    {
        var changes = SweepTables.Change.Read(connection, "ORDER BY seq").ConvertAll(row => new RunEvent((long)row[0]!, id, (long)row[1]!,
            RunEventKind.ParamChange, StoreTime.Read(row[2]), (string)row[3]!, (string)row[4]!, (string)row[5]!));
        long known = SweepStanding.Read(connection).Changes;
        for (int i = 0; i < Math.Max(known, changes.Count); i++)
        {
            if (i >= changes.Count || changes[i].Seq != i + 1)
                throw new StoreDamage($"Change {i + 1} is missing");
        }

        return changes;
    }
}
