namespace GridWorld;

/// <summary>The short way from a world to a run.</summary>
public static class WorldTraining
{
    /// <summary>Starts to train a learner in this world, on a thread of its own, and returns at once.</summary>
    /// <param name="world">The world.</param>
    /// <param name="learner">The learner and its options. Default: Q-learning with its defaults.</param>
    /// <param name="episodes">How many episodes, at least 1; null trains until stopped. Default 1000.</param>
    /// <param name="seed">Any number; it fixes all randomness. Default 1.</param>
    /// <param name="name">Display name; several runs may have one (<see cref="StoreFolder.Find"/>). Default: the id.</param>
    /// <param name="options">How the run is carried out and kept.</param>
    /// <param name="initialQ">Action values to start from. Default: the learner's initial value everywhere.</param>
    /// <exception cref="InputException">Lists every fault of what was passed in.</exception>
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
