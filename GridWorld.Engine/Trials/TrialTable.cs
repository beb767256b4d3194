using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>The trials of a sweep file.</summary>
internal static class TrialTable
{
    public static void Write(SqliteConnection connection, StoredTrial trial) => SweepTables.Trial.Put(connection, trial.Trial, trial.World,
        trial.WorldHash, trial.Learner, trial.Settings, trial.Options, trial.MaxSteps, trial.Purpose, trial.SameAs,
        SeedTable.Word(trial.State), trial.Episodes, trial.Objective, trial.Hash, trial.Message);

    /// <summary>Trials, in the order of their numbers.</summary>
    public static List<StoredTrial> Read(SqliteConnection connection, string where = "", params object?[] values) =>
        SweepTables.Trial.Read(connection, where + " ORDER BY trial", values).ConvertAll(row => new StoredTrial((long)row[0]!,
            (string)row[1]!, (string)row[2]!, (string)row[3]!, (string)row[4]!, (string)row[5]!, (long?)row[6], (string)row[7]!,
            (long?)row[8], SeedTable.State(row[9]), (long)row[10]!, (double?)row[11], (string?)row[12], (string?)row[13]));

    /// <summary>The trial of a number.</summary>
    /// <exception cref="InputException">There is no such trial.</exception>
    public static StoredTrial Read(SqliteConnection connection, SweepHeader header, long trial) =>
        Read(connection, "WHERE trial = $0", trial) is [var found] ? found
            : throw new InputException($"The sweep {header.Id} has no trial {trial}.");

    /// <summary>The run of a trial of a sweep, with seed 0.</summary>
    public static RunSpecification SpecificationOf(SqliteConnection connection, StoredTrial found)
    {
        var world = SweepTables.World.Read(connection, "WHERE hash = $0", found.WorldHash) is [var row]
            ? World.FromJson((string)row[1]!) : throw new StoreDamage($"The world of trial {found.Trial} is missing");
        using var options = JsonDocument.Parse(found.Options);
        return new(world, LearnerJson.Read(options.RootElement), 0, found.Episodes, checked((int?)found.MaxSteps));
    }

    /// <summary>All options of a learner as JSON.</summary>
    public static string Options(LearnerOptions learner)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
            LearnerJson.Write(json, learner);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
