using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>How a sweep stands.</summary>
internal sealed record SweepStanding(RunState State, long Episode, long? Target, long Steps, long Trials, long Ended, double Seconds,
    long Changes, long Decisions, string? Message)
{
    public DateTimeOffset Updated { get; init; }

    public void Write(SqliteConnection connection, DateTimeOffset now) => SweepTables.Standing.Put(connection, 1,
        State.ToString().ToLowerInvariant(), Episode, Target, Steps, Trials, Ended, Seconds,
        Changes, Decisions, Message, StoreTime.Write(now));

    public static SweepStanding Read(SqliteConnection connection)
    {
        var row = SweepTables.Standing.ReadOne(connection);
        if (!Enum.TryParse<RunState>((string)row[1]!, ignoreCase: true, out var state))
            throw new StoreDamage($"'{row[1]}' is not a state of a sweep");
        return new(state, (long)row[2]!, (long?)row[3], (long)row[4]!, (long)row[5]!, (long)row[6]!, (double)row[7]!,
            (long)row[8]!, (long)row[9]!, (string?)row[10])
        {
            Updated = StoreTime.Read(row[11]),
        };
    }
}
