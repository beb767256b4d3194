namespace GridWorld;

/// <summary>Counters, hyperparameters and the tables of the world at one moment.</summary>
internal sealed record TrainerProgress(long Episode, long Step, int State, Hyperparameters Current, Mdp Tables);
