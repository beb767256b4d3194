namespace GridWorld;

/// <summary>The extension method that starts a run in a world.</summary>
public static class WorldTraining
{
    /// <summary>Starts to train a learner in this world on a separate thread, and returns at once.</summary>
    /// <param name="world">The world.</param>
    /// <param name="learner">The learner and its options. Default: Q-learning with its defaults.</param>
    /// <param name="episodes">Number of episodes, at least 1; null to train until stopped. Default 1000.</param>
    /// <param name="seed">Seed of all random numbers. Default 1.</param>
    /// <param name="name">Display name, 1 to 200 characters. Several runs can have the same name (<see cref="StoreFolder.Find"/>). Default:
    /// the id.</param>
    /// <param name="options">How the run is executed and stored. Default: stored on disk, at full speed.</param>
    /// <param name="initialQ">Action values at the start of the run. Default: the learner's initial value.</param>
    /// <exception cref="InputException">An argument is invalid; lists all errors.</exception>
    public static Run Train(this World world, LearnerOptions? learner = null, long? episodes = 1000, ulong seed = 1, string? name = null,
        RunOptions? options = null,
        InitialQ? initialQ = null)
    {
        ArgumentNullException.ThrowIfNull(world);
        options ??= new();
        return Run.Start(new(world, learner ?? new QLearning(), seed, episodes) { InitialQ = initialQ },
            name is null ? options : options with { Name = name });
    }
}
