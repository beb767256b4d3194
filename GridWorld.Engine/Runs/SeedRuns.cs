using System.Globalization;

namespace GridWorld;

/// <summary>
/// A seed of an ensemble as a run, named ENSEMBLE/SEED, and one of a sweep's trial, named SWEEP/TRIAL/SEED. The store has only its result:
/// opening it trains it again, to the same bits.
/// </summary>
internal static class SeedRuns
{
    /// <summary>Whether a word is that of a seed: what stands before its first slash is an ensemble or a sweep.</summary>
    public static bool IsName(string word, string folder) =>
        word.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash && SweepFolder.TryFind(word[..slash], folder) is not null;

    /// <summary>What the store knows of a seed.</summary>
    /// <exception cref="InputException">There is no such seed.</exception>
    public static RunSummary Find(string word, string folder)
    {
        var (sweep, seed) = Read(word, folder);
        return new($"{sweep.Id}/{seed.Path}", $"{sweep.Name}/{seed.Path}", StateOf(seed.Result.State), seed.Result.Episodes,
            seed.Specification.Episodes, seed.Result.Steps, seed.Specification.World.Name, seed.Specification.Learner.Name, sweep.Created,
            seed.Result.MeanReturnLast100);
    }

    /// <summary>Trains a seed again and waits for its end.</summary>
    /// <exception cref="InputException">There is no such seed, or it does not come to the stored result.</exception>
    public static Run Open(string word, string folder)
    {
        var (run, hash) = Begin(word, folder);
        run.Completion.Wait();
        Check(run, hash);
        return run;
    }

    /// <summary>Begins to train a seed again.</summary>
    /// <returns>The run in training, and the stored hash of its final tables; null if there is none.</returns>
    /// <exception cref="InputException">There is no such seed, or it has not ended an episode.</exception>
    public static (Run Run, string? Hash) Begin(string word, string folder)
    {
        var (sweep, seed) = Read(word, folder);
        long episodes = seed.Result.Episodes > 0 ? seed.Result.Episodes : seed.Specification.Episodes
            ?? throw new InputException($"{sweep.Id}/{seed.Path} has not ended an episode yet.");
        return (RunFactory.Start(seed.Specification with { Episodes = episodes },
            RunOptions.InMemory with { Name = $"{sweep.Name}/{seed.Path}", Store = Path.GetDirectoryName(sweep.Path), OnDisk = false },
            seed.Changes, $"{sweep.Id}/{seed.Path}"), seed.Result.Hash);
    }

    /// <exception cref="InputException">A run that has ended does not have this hash.</exception>
    public static void Check(Run run, string? hash)
    {
        if (hash is not null && run.FinalHash() is { } now && now != hash)
            throw new InputException(
                $"{run.Id} does not train to the stored result: its hash is {now}, and the stored one is {hash}.");
    }

    static (SweepSummary Sweep, Seed Seed) Read(string word, string folder)
    {
        string[] parts = word.Split('/');
        if (parts.Length is not (2 or 3) || !ulong.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out ulong number)
            || !long.TryParse(parts.Length == 3 ? parts[1] : "1", NumberStyles.None, CultureInfo.InvariantCulture, out long trial))
        {
            throw new InputException($"'{Printable.Text(word)}' does not name a seed. Write ENSEMBLE/SEED, or SWEEP/TRIAL/SEED.");
        }

        var sweep = SweepFolder.Find(parts[0], folder);
        if (sweep.Error is { } error)
            throw new InputException(error);
        if (sweep.IsEnsemble != (parts.Length == 2))
            throw new InputException(sweep.IsEnsemble ? $"{sweep.Id} is an ensemble: write {sweep.Id}/SEED."
                : $"{sweep.Id} is a sweep: write {sweep.Id}/TRIAL/SEED.");
        return (sweep, SweepFile.Read(sweep.Path, connection =>
        {
            var header = SweepHeader.Read(connection);
            string path = string.Join('/', parts[1..]);
            if (sweep.IsEnsemble)
            {
                var ensemble = EnsembleHeader.Of(header);
                return new Seed(path, ensemble.SpecificationOf(number), Result(1) ?? (ensemble.Has(number)
                    ? new(number, TrialState.Waiting, 0, 0, 0, null, null, null, null, null, null)
                    : throw new InputException($"{sweep.Id} has no seed {number}.")), ChangeTable.Read(connection, header.Id));
            }

            var found = TrialTable.Read(connection, header, trial);
            return new Seed(path, TrialTable.SpecificationOf(connection, found) with { Seed = number }, Result(found.SameAs ?? trial)
                ?? throw new InputException($"{sweep.Id} has no seed {number} of trial {trial}."), []);

            SeedResult? Result(long of) => SeedTable.Read(connection, of).Find(s => s.Result.Seed == number)?.Result;
        }));
    }

    static RunState StateOf(TrialState state) => state switch
    {
        TrialState.Done or TrialState.Pruned => RunState.Completed,
        TrialState.Failed => RunState.Failed,
        _ => RunState.Interrupted,
    };

    sealed record Seed(string Path, RunSpecification Specification, SeedResult Result, IReadOnlyList<RunEvent> Changes);
}
