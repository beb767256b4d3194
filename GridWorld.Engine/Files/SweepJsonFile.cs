using System.Text.Json;

namespace GridWorld;

/// <summary>A sweep or an ensemble as one JSON object, as the command line prints it and the server sends it.</summary>
internal static class SweepJsonFile
{
    static readonly string[] seedColumns =
        ["seed", "run_id", "episodes", "steps", "mean_return_last_100", "greedy_value", "optimal_value", "q_checksum", "hash", "error"];

    public static void Write(Utf8JsonWriter json, SweepView sweep, SweepStatus status, IReadOnlyList<TrialResult> trials,
        IReadOnlyList<BestTrial> best)
    {
        json.WriteStartObject();
        json.WriteString("sweep_id", sweep.Id);
        json.WriteString("name", sweep.Name);
        json.WriteString("state", RunColumns.Word(status.State));
        json.WriteNumber("steps", status.Steps);
        foreach (bool isTest in new[] { false, true })
        {
            json.WriteStartArray(isTest ? "tests" : "trials");
            foreach (var trial in trials.Where(t => t.IsTest == isTest))
                Write(json, sweep, trial);
            json.WriteEndArray();
        }

        json.WriteStartArray("best");
        foreach (var one in best)
        {
            json.WriteStartObject();
            json.WriteString("world", one.World);
            json.WriteString("learner", one.Learner);
            json.WriteNumber("trial", one.Trial);
            json.WritePropertyName("settings");
            json.WriteRawValue(one.Settings.ToJson());
            json.Number("objective", one.Objective);
            json.Number("test_objective", one.TestObjective);
            json.Interval(one.Interval);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("hash", sweep.Hash());
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, EnsembleView ensemble)
    {
        var (status, seeds) = (ensemble.Status(), ensemble.Seeds);
        var (mean, interval) = seeds.InterquartileReturn();
        double? optimum = ensemble.OptimalValue();
        json.WriteStartObject();
        json.WriteString("ensemble_id", ensemble.Id);
        json.WriteString("state", RunColumns.Word(status.State));
        json.WriteNumber("episodes", status.Episodes);
        json.WriteNumber("steps", status.Steps);
        json.Number("steps_per_second", status.StepsPerSecond);
        json.Number("iqm", mean);
        json.Interval(interval);
        json.WriteStartArray("seeds");
        foreach (var s in seeds)
        {
            JsonLinesExport.Row(seedColumns, [s.Seed, $"{ensemble.Id}/{s.Seed}", s.Episodes, s.Steps, s.MeanReturnLast100, s.GreedyValue,
                optimum, s.QChecksum, s.Hash, s.Error], json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, SweepView sweep, TrialResult trial)
    {
        json.WriteStartObject();
        json.WriteNumber("trial", trial.Number);
        json.WriteString("world", trial.World);
        json.WriteString("learner", trial.Learner);
        json.WritePropertyName("settings");
        json.WriteRawValue(trial.Settings.ToJson());
        json.WriteNumber("seeds", trial.IsTest ? sweep.Definition.TestSeeds : sweep.Definition.Seeds);
        json.Number("objective", trial.Objective);
        json.WriteString("state", SeedTable.Word(trial.State));
        json.WriteString("hash", trial.Hash);
        if (trial.Error is { } error)
            json.WriteString("error", error);
        json.WriteEndObject();
    }
}
