using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>The tables of a sweep file.</summary>
internal static class SweepTables
{
    public static readonly StoreTable Sweep =
        new("sweep", 1, "one", "id", "name", "created", "kind", "world", "learner", "definition");

    public static readonly StoreTable Standing =
        new("standing", 1, "one", "state", "episode", "target", "steps", "trials", "ended", "seconds",
        "changes", "decisions", "message", "updated");

    public static readonly StoreTable Change = new("change", 1, "seq", "episode", "timestamp", "param", "old_value", "new_value");

    public static readonly StoreTable Decision = new("decision", 1, "place", "json");

    public static readonly StoreTable World = new("world", 1, "hash", "json");

    public static readonly StoreTable Trial = new("trial", 1, "trial", "world", "world_hash", "learner", "settings", "options",
        "max_steps", "purpose", "same_as", "state",
        "episodes", "objective", "hash", "message");

    public static readonly StoreTable Seed = new("seed", 3, "trial", "seed", "rung", "state", "score", "episodes", "steps", "total_return",
        "mean_return", "q_checksum", "greedy_value", "hash", "message", "curve");

    public static readonly StoreTable Resting = new("resting", 2, "trial", "seed", "episode", "length", "data");
}

/// <summary>The first row of a sweep file.</summary>
internal sealed record SweepHeader(string Id, string Name, DateTimeOffset Created, string Kind, string World, string Learner,
    string Definition)
{
    public const string Ensemble = "ensemble", Sweep = "sweep";

    public void Write(SqliteConnection connection) =>
        SweepTables.Sweep.Put(connection, 1, Id, Name, StoreTime.Write(Created), Kind, World, Learner, Definition);

    public static SweepHeader Read(SqliteConnection connection)
    {
        var row = SweepTables.Sweep.ReadOne(connection);
        return new((string)row[1]!, (string)row[2]!, StoreTime.Read(row[3]), (string)row[4]!, (string)row[5]!, (string)row[6]!,
            (string)row[7]!);
    }
}

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
