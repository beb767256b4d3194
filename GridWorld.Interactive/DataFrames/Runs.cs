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
    public static DataFrame List(string? store = null) =>
        Frame.Of(RunColumns.Listed.Without("parent_run_id", "parent_episode"), StoreFolder.List(store));

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
