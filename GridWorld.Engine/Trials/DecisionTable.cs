using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>What sampler and pruner of a sweep have decided, by its place.</summary>
internal static class DecisionTable
{
    public static void Write(SqliteConnection connection, string place, string json) =>
        SweepTables.Decision.Put(connection, place, json);

    public static Dictionary<string, string> Read(SqliteConnection connection)
    {
        var decisions = SweepTables.Decision.Read(connection).ToDictionary(row => (string)row[0]!, row => (string)row[1]!);
        long known = SweepStanding.Read(connection).Decisions;
        return decisions.Count >= known ? decisions
            : throw new StoreDamage($"{known - decisions.Count} of the {known} decisions are missing");
    }
}
