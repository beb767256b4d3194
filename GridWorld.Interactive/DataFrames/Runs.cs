using Microsoft.Data.Analysis;

namespace GridWorld;

/// <summary>The runs of a store, and runs side by side.</summary>
public static class Runs
{
    /// <summary>
    /// The runs of a store, oldest first: run_id, name, state, episodes, target_episodes (missing: until stopped), steps, world, learner,
    /// created (UTC), mean_return_last_100, error (what is wrong with a file; its other columns are missing or say nothing then), newer_run_id (the newest run with the same name;
    /// missing when that is this run).
    /// </summary>
    /// <param name="store">The folder. Default: what GRIDWORLD_STORE says, else <c>.gridworld</c> in the working directory.</param>
    public static DataFrame List(string? store = null)
    {
        var runs = StoreFolder.List(store);
        return new Frame(Columns.Of("run_id", runs.Select(r => r.Id)), Columns.Of("name", runs.Select(r => r.Name)), Columns.Of("state", runs.Select(r => r.State.ToString().ToLowerInvariant())),
            Columns.Of("episodes", [.. runs.Select(r => r.Episodes)]), new Int64DataFrameColumn("target_episodes", runs.Select(r => r.TargetEpisodes)),
            Columns.Of("steps", [.. runs.Select(r => r.Steps)]), Columns.Of("world", runs.Select(r => r.World)), Columns.Of("learner", runs.Select(r => r.Learner)),
            Columns.Of("created", runs.Select(r => r.Created)), Columns.Of("mean_return_last_100", [.. runs.Select(r => r.MeanReturnLast100)]), Columns.Of("error", runs.Select(r => r.Error)),
            Columns.Of("newer_run_id", runs.Select(r => r.NewerRunId)));
    }

    /// <summary>A stored run, to look at: finished, interrupted, or being trained by another process. <see cref="Run.Resume(string, string?, long?, string?, RunOptions?)"/> trains on.</summary>
    /// <param name="run">Its id, its name, or the beginning of its id, as in <see cref="StoreFolder.Find"/>.</param>
    /// <param name="store">The folder; the default as in <see cref="List"/>.</param>
    /// <exception cref="InputException">There is no such run, or its file is damaged.</exception>
    public static RunView Open(string run, string? store = null) => StoreFolder.View(run, store);

    /// <summary>Runs side by side, one row per run.</summary>
    /// <param name="runs">One run or more.</param>
    /// <exception cref="InputException">There is no run.</exception>
    public static RunComparison Compare(params Run[] runs) => Compare(Array.ConvertAll(Given.NotNull(runs), r => r.View));

    /// <inheritdoc cref="Compare(Run[])"/>
    public static RunComparison Compare(params RunView[] runs) => RunComparison.Of(Given.NotNull(runs));

    /// <summary>Stored runs of the default store side by side, one row per run.</summary>
    /// <param name="runs">Ids, names, or beginnings of ids.</param>
    /// <exception cref="InputException">There is no such run, or its file is damaged.</exception>
    public static RunComparison Compare(params string[] runs) => Compare(Array.ConvertAll(Given.NotNull(runs), r => Open(r)));
}
