using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>What the file of a sweep holds already, for a sweep that is resumed: it decides again, and must decide the same.</summary>
internal sealed class SweepRecords
{
    readonly Dictionary<UnitKey, SeedResult> results = [];
    readonly Dictionary<long, string> settings = [];
    readonly Dictionary<string, string> decisions = [];
    readonly HashSet<string> worlds = [];

    /// <summary>The trials of which the file had a state.</summary>
    public IReadOnlyList<long> Resting { get; private init; } = [];

    /// <summary>Seconds of training so far.</summary>
    public double Seconds { get; private init; }

    /// <summary>Number of decisions, with those of now.</summary>
    public long Decisions { get; private set; }

    public static SweepRecords Read(SqliteConnection connection)
    {
        var results = SeedTable.ReadAll(connection).Where(s => s.Result.State != TrialState.Failed).ToList();
        var records = new SweepRecords
        {
            Seconds = SweepStanding.Read(connection).Seconds,
            Resting = [.. connection.Rows("SELECT DISTINCT trial FROM resting").Select(row => (long)row[0]!)],
        };
        foreach (var seed in results)
            records.results[new(seed.Trial, seed.Result.Seed, seed.Rung)] = seed.Result;
        foreach (var trial in TrialTable.Read(connection))
            records.settings[trial.Trial] = trial.Settings;
        foreach (var (place, json) in DecisionTable.Read(connection))
            records.decisions[place] = json;
        records.Decisions = records.decisions.Count;
        return records;
    }

    /// <summary>The result of a piece of work, if it is in the file.</summary>
    public SweepOutcome? Find(SweepUnit unit) =>
        results.GetValueOrDefault(unit.Key) is { } known && known.Episodes == unit.Episodes
            ? new(unit, new(known, null, null)) : null;

    /// <summary>Compares what is decided now with what was decided before.</summary>
    /// <exception cref="InputException">It differs.</exception>
    public void Check(IReadOnlyList<TrialSearch> trials, IReadOnlyList<(string Place, string Json)> made)
    {
        foreach (var trial in trials)
            Compare(settings, trial.Number, trial.Trial.Settings.ToJson(), $"settings of trial {trial.Number}");
        foreach (var (place, json) in made)
            Decisions += Compare(decisions, place, json, place) ? 0 : 1;
    }

    // Whether it was known.
    static bool Compare<T>(Dictionary<T, string> known, T key, string now, string what) where T : notnull
    {
        if (!known.TryGetValue(key, out string? before))
            return false;
        return before == now
            ? true : throw new InputException($"The sweep was decided differently before ({what}: {before}, now {now}). Its "
            + "file comes from another version, or an objective or a learner gives other results than then. Start a new sweep.");
    }

    public void Write(SqliteConnection connection, TrialSearch trial)
    {
        var specification = trial.Trial.Specification;
        if (worlds.Add(specification.World.Hash))
            SweepTables.World.Put(connection, specification.World.Hash, specification.World.ToJson());
        TrialTable.Write(connection, new(trial.Number, trial.Trial.World, specification.World.Hash, specification.Learner.Name,
            trial.Trial.Settings.ToJson(), TrialTable.Options(specification.Learner), specification.MaxSteps,
            trial.IsTest ? StoredTrial.Test : StoredTrial.Tune, trial.SameAs?.Number, trial.State,
            trial.Bracket.Rungs[trial.Rung].Resource, trial.HasObjective ? trial.Objective : null, trial.Hash, trial.Error));
    }
}
