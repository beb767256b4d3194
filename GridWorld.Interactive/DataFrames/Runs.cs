using Microsoft.Data.Analysis;

namespace GridWorld;

/// <summary>Lists, opens and compares runs.</summary>
public static class Runs
{
    /// <summary>
    /// Lists the runs of a store, oldest first: run_id, name, state, episodes, target_episodes (missing if the run trains until stopped),
    /// steps, world, learner, created (UTC), mean_return_last_100, error (why a file cannot be read; then the other columns are missing or
    /// meaningless), newer_run_id (the newest run with the same name; missing if that is this run).
    /// </summary>
    /// <param name="store">The folder. Default: the value of GRIDWORLD_STORE, or <c>.gridworld</c> in the working directory.</param>
    public static DataFrame List(string? store = null) =>
        Frame.Of(RunColumns.Listed.Without("parent_run_id", "parent_episode"), StoreFolder.List(store));

    /// <summary>
    /// Opens a stored run for reading, even while another process trains it. To continue training, use
    /// <see cref="Run.Resume(string, string?, long?, string?, RunOptions?)"/>.
    /// </summary>
    /// <param name="run">The run's id, its name, or the beginning of its id, as in <see cref="StoreFolder.Find"/>.</param>
    /// <param name="store">The folder. Default: as in <see cref="List"/>.</param>
    /// <exception cref="InputException">There is no such run, or its file is damaged.</exception>
    public static RunView Open(string run, string? store = null) => StoreFolder.View(run, store);

    /// <summary>Compares runs, with one row per run.</summary>
    /// <param name="runs">One or more runs.</param>
    /// <exception cref="InputException">The list is empty.</exception>
    public static RunComparison Compare(params Run[] runs) => Compare(Array.ConvertAll(Given.NotNull(runs), r => r.View));

    /// <inheritdoc cref="Compare(Run[])"/>
    public static RunComparison Compare(params RunView[] runs) => RunComparison.Of(Given.NotNull(runs));

    /// <summary>Compares stored runs of the default store, with one row per run.</summary>
    /// <param name="runs">Ids, names, or beginnings of ids.</param>
    /// <exception cref="InputException">There is no such run, or its file is damaged.</exception>
    public static RunComparison Compare(params string[] runs) => Compare(Array.ConvertAll(Given.NotNull(runs), r => Open(r)));
}
