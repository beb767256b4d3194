namespace GridWorld;

/// <summary>The best settings of a world and a learner, and how they did on fresh seeds.</summary>
/// <param name="World">The world, as the sweep names it.</param>
/// <param name="Learner">The name of the learner.</param>
/// <param name="Trial">The number of the best trial.</param>
/// <param name="Settings">Its settings.</param>
/// <param name="Objective">Its objective on the seeds that it was chosen by, which is too good.</param>
/// <param name="TestObjective">The objective on fresh seeds; null until they have ended.</param>
/// <param name="Interval">The 95 % interval of the test objective; null for fewer than two fresh seeds.</param>
public sealed record BestTrial(string World, string Learner, long Trial, SearchPoint Settings, double Objective, double? TestObjective,
    ConfidenceInterval? Interval);
