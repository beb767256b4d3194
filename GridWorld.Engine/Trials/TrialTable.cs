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

/// <summary>A trial as its file has it.</summary>
/// <param name="Trial">Its number, from 1.</param>
/// <param name="World">The name of its world.</param>
/// <param name="WorldHash">The hash of its world.</param>
/// <param name="Learner">The name of its learner.</param>
/// <param name="Settings">What the sweep varies, as JSON.</param>
/// <param name="Options">All options of the learner, as JSON.</param>
/// <param name="MaxSteps">The step limit; null for the world's.</param>
/// <param name="Purpose">"tune", or "test" for the best settings on fresh seeds.</param>
/// <param name="SameAs">The earlier trial with the same settings, whose results these are; null if there is none.</param>
/// <param name="State">Its state.</param>
/// <param name="Episodes">Number of episodes that each seed is to train.</param>
/// <param name="Objective">The value of the objective; null until the trial has ended.</param>
/// <param name="Hash">The hash of its seeds' hashes; null until the trial has ended.</param>
/// <param name="Message">Why it failed; null if it did not.</param>
internal sealed record StoredTrial(long Trial, string World, string WorldHash, string Learner, string Settings, string Options,
    long? MaxSteps, string Purpose, long? SameAs, TrialState State, long Episodes, double? Objective, string? Hash, string? Message)
{
    public const string Tune = "tune", Test = "test";
}
