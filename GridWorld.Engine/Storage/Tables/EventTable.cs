using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>The table of events of a run file.</summary>
internal static class EventTable
{
    /// <summary>Adds an event, whose number must be unused.</summary>
    public static void Add(SqliteConnection connection, RunEvent e)
    {
        StoreTable.Event.Add(connection, Row(e));
        if (e.Kind == RunEventKind.RewardChange)
            connection.Run($"PRAGMA user_version = {StoreFormat.RunWithRewards}");
    }

    /// <summary>Replaces the event with the same number.</summary>
    public static void Rewrite(SqliteConnection connection, RunEvent e) => StoreTable.Event.Put(connection, Row(e));

    /// <summary>The greatest number; 0 if there is no event.</summary>
    public static long Last(SqliteConnection connection) => connection.One("SELECT max(seq) FROM event") as long? ?? 0;

    /// <summary>The events with a greater number, in order. A missing number is damage.</summary>
    public static List<RunEvent> Read(SqliteConnection connection, string runId, long after = 0)
    {
        // Reads all events, because otherwise a missing one could not be detected.
        var rows = StoreTable.Event.Read(connection, "ORDER BY seq");
        var events = rows.ConvertAll(row => RunEvent.Read((long)row[0]!, runId, (long)row[1]!, (string)row[2]!, StoreTime.Read(row[3]),
            (string?)row[4], (string?)row[5], (string?)row[6], (string?)row[7]));
        for (int i = 0; i < events.Count; i++)
        {
            if (events[i].Seq != i + 1)
                throw new StoreDamage($"Event {i + 1} is missing");
        }

        var seal = Seal.Of(connection);
        seal?.Check(StoreTable.Event, rows);
        // A file of format 1 contains the number of events only up to its last progress.
        if (seal is null && connection.One("SELECT last_event FROM progress") is long last && events.Count < last)
            throw new StoreDamage($"Event {events.Count + 1} is missing");
        return after <= 0 ? events : events.FindAll(e => e.Seq > after);
    }

    /// <summary>Whether an event is part of the run's definition. Interruptions and events of the store are not.</summary>
    public static bool Counts(RunEvent e) =>
        e.Kind is not (RunEventKind.RunInterrupted or RunEventKind.RunResumed or RunEventKind.StoreError or RunEventKind.StoreRecovered
        or RunEventKind.Dropped);

    static object?[] Row(RunEvent e) =>
        [e.Seq, e.Episode, e.Word, StoreTime.Write(e.Timestamp), e.Param, e.OldValue, e.NewValue, e.Message];
}
