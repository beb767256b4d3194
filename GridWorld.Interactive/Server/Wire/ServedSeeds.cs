namespace GridWorld;

/// <summary>
/// Seeds of sweeps and ensembles that are shown as runs. Each is trained again, and must come to the stored hash. The 8 that were used last
/// are kept.
/// </summary>
internal sealed class ServedSeeds(ServedSweeps sweeps, TrainingLimit training)
{
    const int Most = 8;
    readonly Lock gate = new();
    readonly List<(WatchedRun Run, string? Hash)> opened = [];

    /// <summary>Number of seeds in training.</summary>
    public int InTraining
    {
        get
        {
            lock (gate)
                return opened.Count(seed => seed.Run.View is Run { State: RunState.Training or RunState.Paused });
        }
    }

    /// <summary>Opens a seed: ENSEMBLE/SEED or SWEEP/TRIAL/SEED. Its training has begun when this returns.</summary>
    /// <returns>Null if there is no such sweep.</returns>
    /// <exception cref="InputException">There is no such seed, or it does not come to the stored hash.</exception>
    public WatchedRun? TryOpen(string word)
    {
        lock (gate)
        {
            var known = opened.FindIndex(seed => seed.Run.View.Id == word);
            if (known >= 0)
            {
                var seed = opened[known];
                opened.RemoveAt(known);
                opened.Add(seed);
                if (seed.Run.View is Run { State: RunState.Completed } run)
                    SeedRuns.Check(run, seed.Hash);
                return seed.Run;
            }
        }

        if (sweeps.TryFind(word.Split('/')[0]) is null)
            return null;
        var begun = training.Start(() => sweeps.BeginSeed(word)!.Value);
        lock (gate)
        {
            if (opened.Find(seed => seed.Run.View.Id == begun.Run.Id) is { Run: { } other })
            {
                begun.Run.Stop();
                return other;
            }

            opened.Add((new(begun.Run), begun.Hash));
            if (opened.Count > Most)
            {
                (opened[0].Run.View as Run)?.Stop();
                opened.RemoveAt(0);
            }

            return opened[^1].Run;
        }
    }
}
