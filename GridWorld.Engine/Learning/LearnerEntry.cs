namespace GridWorld;

/// <summary>An entry of the learner catalog.</summary>
/// <param name="Name">Name of the learner, in kebab-case.</param>
/// <param name="Title">Name of the learner in the literature.</param>
/// <param name="Source">Papers and book sections that describe the learner.</param>
/// <param name="Create">Creates the options of the learner with all defaults.</param>
public sealed record LearnerEntry(string Name, string Title, string Source, Func<LearnerOptions> Create)
{
    internal LearnerTraits Traits { get; init; }
}
