using System.Globalization;

namespace GridWorld;

/// <summary>Trains seeds of a stored sweep again and compares them with the stored results.</summary>
internal static class SweepVerification
{
    /// <param name="path">The file of the sweep.</param>
    /// <param name="objective">The sweep's objective.</param>
    /// <param name="sample">The most seeds, evenly spread over the trials.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>What differs; empty if nothing does.</returns>
    public static IReadOnlyList<string> Run(string path, string objective, int sample, CancellationToken cancellation)
    {
        var (all, trials) = SweepFile.Read(path, connection => (
            SeedTable.Last(SeedTable.ReadAll(connection)).FindAll(s => s.Result.State == TrialState.Done),
            TrialTable.Read(connection).ToDictionary(t => t.Trial)));
        var (scoring, faults) = (new SeedScoring(SweepObjectives.Parse(objective)), new List<string>());
        var worlds = new Dictionary<string, Mdp>();
        long count = Math.Min(sample, all.Count);
        for (long k = 0; k < count; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            var stored = all[(int)(k * all.Count / count)];
            var trial = trials[stored.Trial];
            var specification = SweepFile.Read(path, connection => TrialTable.SpecificationOf(connection, trial)) with
            {
                Seed = stored.Result.Seed,
            };
            if (!worlds.TryGetValue(trial.WorldHash, out var mdp))
                worlds.Add(trial.WorldHash, mdp = specification.World.Compile());
            var training = new SeedTraining(specification, mdp, scoring.Threshold, scoring.KeepsRecords);
            training.AdvanceTo(stored.Result.Episodes, [], () => cancellation.IsCancellationRequested);
            cancellation.ThrowIfCancellationRequested();
            var again = training.Finish(isJudged: false);
            again = again with { Score = again.State == TrialState.Failed ? null : scoring.Of(training, specification, mdp) };
            if (again != stored.Result)
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"Trial {stored.Trial}, seed {stored.Result.Seed} does not train to "
                    + $"the stored result: hash {again.Hash}, stored {stored.Result.Hash}; score {again.Score}, stored "
                    + $"{stored.Result.Score}."));
            }
        }

        return faults;
    }
}
