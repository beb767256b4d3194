using Microsoft.Data.Analysis;

namespace GridWorld;

/// <summary>Lists and compares runs.</summary>
public static class Runs
{
    /// <summary>
    /// Lists the runs of a store, oldest first: run_id, name, state, episodes, target_episodes (missing if the run trains until stopped),
    /// steps, world, learner, created (UTC), mean_return_last_100, error (why a file cannot be read; then the other columns are missing or
    /// meaningless), newer_run_id (the newest run with the same name; missing if that is this run).
    /// </summary>
    /// <param name="store">The folder. Default: the value of GRIDWORLD_STORE, or <c>.gridworld</c> in the working directory.</param>
    public static DataFrame List(string? store = null) =>
        Frame.Of(RunColumns.Listed.Without("parent_run_id", "parent_episode", "world_hash"), StoreFolder.List(store));

    /// <summary>Compares runs, with one row per run.</summary>
    /// <param name="runs">One or more runs.</param>
    /// <exception cref="InputException">The list is empty.</exception>
    public static RunComparison Compare(params IReadOnlyList<RunView> runs) => RunComparison.Of(Guard.NotNull(runs));

    /// <summary>Compares stored runs of the default store, with one row per run.</summary>
    /// <param name="runs">Ids, names, or beginnings of ids.</param>
    /// <exception cref="InputException">There is no such run, or its file is damaged.</exception>
    public static RunComparison Compare(params IReadOnlyList<string> runs) =>
        Compare([.. Guard.NotNull(runs).Select(r => Run.Open(r))]);
}
