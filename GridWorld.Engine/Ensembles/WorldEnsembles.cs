namespace GridWorld;

/// <summary>The short way from a world to an ensemble.</summary>
public static class WorldEnsembles
{
    /// <summary>Trains a learner from many seeds, on all cores in the background, and returns at once.</summary>
    /// <param name="world">The world.</param>
    /// <param name="learner">The learner and its options. Default: Q-learning with its defaults.</param>
    /// <param name="episodes">Number of episodes of every seed, at least 1; null to train until stopped. Default 1000.</param>
    /// <param name="seeds">Number of seeds, 1 to 1,000,000.</param>
    /// <param name="seed">The first seed. Default 1.</param>
    /// <param name="name">Display name. Default: the id.</param>
    /// <param name="options">How the ensemble is trained and stored.</param>
    /// <exception cref="InputException">Lists every fault of what was passed in.</exception>
    public static Ensemble Train(this World world, LearnerOptions? learner, long? episodes, int seeds, ulong seed = 1, string? name = null,
        EnsembleOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(world);
        options ??= new();
        return Ensemble.Start(new(world, learner ?? new QLearning(), seed, episodes), seeds,
            name is null ? options : options with { Name = name });
    }
}
