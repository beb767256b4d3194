using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>The events of a run's file.</summary>
internal static class EventTable
{
    public static void Add(SqliteConnection connection, RunEvent e) => StoreTable.Event.Put(connection,
        e.Seq, e.Episode, e.Event, StoreTime.Write(e.Timestamp), e.Param, e.OldValue, e.NewValue, e.Message);

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
    public static bool Counts(RunEvent e) => e.Event is not (RunEvents.Interrupted or RunEvents.TakenUp or RunEvents.StoreError);
}
