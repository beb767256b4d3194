using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>The events of a run's file.</summary>
internal static class EventTable
{
    /// <summary>Adds an event; its number must be free.</summary>
    public static void Add(SqliteConnection connection, RunEvent e) => StoreTable.Event.Add(connection, Row(e));

    /// <summary>Puts an event in the place of the one with its number.</summary>
    public static void Rewrite(SqliteConnection connection, RunEvent e) => StoreTable.Event.Put(connection, Row(e));

    /// <summary>The greatest number; 0 where there is no event.</summary>
    public static long Last(SqliteConnection connection) => connection.One("SELECT max(seq) FROM event") as long? ?? 0;

    /// <summary>Events with a greater number, in order; a number that is missing is damage.</summary>
    public static List<RunEvent> Read(SqliteConnection connection, string runId, long after = 0)
    {
        var events = new List<RunEvent>();
        foreach (var row in StoreTable.Event.Read(connection, "WHERE seq > $0 ORDER BY seq", after))
        {
            var e = new RunEvent((long)row[0]!, runId, (long)row[1]!, (string)row[2]!, StoreTime.Read(row[3]), (string?)row[4], (string?)row[5], (string?)row[6], (string?)row[7]);
            if (e.Seq != after + events.Count + 1)
                throw new StoreDamage($"Event {after + events.Count + 1} is missing");
            events.Add(e);
        }

        return events;
    }

    /// <summary>Whether an event is a part of what the run is; interruptions and what is said about the store are not.</summary>
    public static bool Counts(RunEvent e) => e.Event is not (RunEvents.Interrupted or RunEvents.TakenUp or RunEvents.StoreError or RunEvents.StoreRecovered or RunEvents.Dropped);

    static object?[] Row(RunEvent e) => [e.Seq, e.Episode, e.Event, StoreTime.Write(e.Timestamp), e.Param, e.OldValue, e.NewValue, e.Message];
}
