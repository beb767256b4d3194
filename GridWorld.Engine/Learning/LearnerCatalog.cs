namespace GridWorld;

/// <summary>A learner that can be asked for by name.</summary>
/// <param name="Name">In kebab-case.</param>
/// <param name="Title">As books write it.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Create">Its options with all defaults.</param>
public sealed record LearnerEntry(string Name, string Title, string Source, Func<LearnerOptions> Create);

/// <summary>The learners by name.</summary>
public static class LearnerCatalog
{
    /// <summary>All learners, in the order in which one meets them in the book.</summary>
    public static IReadOnlyList<LearnerEntry> All { get; } =
    [
        new("q-learning", "Q-learning", "Watkins, 1989; Sutton and Barto, 2nd ed., section 6.5", () => new QLearning()),
        new("sarsa", "SARSA", "Rummery and Niranjan, 1994; Sutton and Barto, 2nd ed., section 6.4", () => new Sarsa()),
        new("expected-sarsa", "Expected SARSA", "van Seijen et al., 2009; Sutton and Barto, 2nd ed., section 6.6", () => new ExpectedSarsa()),
        new("double-q-learning", "Double Q-learning", "van Hasselt, 2010; Sutton and Barto, 2nd ed., section 6.7", () => new DoubleQLearning()),
        new("n-step-sarsa", "n-step SARSA", "Sutton and Barto, 2nd ed., section 7.2", () => new NStepSarsa()),
        new("n-step-tree-backup", "n-step Tree Backup", "Precup, Sutton and Singh, 2000; Sutton and Barto, 2nd ed., section 7.5", () => new NStepTreeBackup()),
        new("sarsa-lambda", "SARSA(λ)", "Rummery and Niranjan, 1994; Sutton and Barto, 2nd ed., section 12.7", () => new SarsaLambda()),
        new("watkins-q-lambda", "Watkins's Q(λ)", "Watkins, 1989; Sutton and Barto, 2nd ed., section 12.10", () => new WatkinsQLambda()),
        new("monte-carlo", "First-visit Monte Carlo control", "Sutton and Barto, 2nd ed., section 5.4", () => new MonteCarlo()),
        new("dyna-q", "Dyna-Q", "Sutton, 1990; Sutton and Barto, 2nd ed., section 8.2", () => new DynaQ()),
        new("dyna-q-plus", "Dyna-Q+", "Sutton, 1990; Sutton and Barto, 2nd ed., section 8.3", () => new DynaQPlus()),
        new("prioritized-sweeping", "Prioritized sweeping", "Moore and Atkeson, 1993; Sutton and Barto, 2nd ed., section 8.4", () => new PrioritizedSweeping()),
    ];

    /// <summary>Whether these are options of the catalog's learner of that name.</summary>
    internal static bool Has(LearnerOptions options) => All.Any(l => l.Name == options.Name && l.Create().GetType() == options.GetType());

    /// <exception cref="InputException">A run of the learner could be stored, but never resumed.</exception>
    internal static void RequireStorable(LearnerOptions learner, bool onDisk = true) => new Faults()
        .Require(!onDisk || Has(learner), $"The learner {Printable.Text(learner.Name)} is not the catalog's, "
            + "so that a stored run could not be resumed. Keep the run in memory: options: RunOptions.InMemory.")
        .ThrowIfAny();

    /// <summary>The options of a learner with all defaults.</summary>
    /// <exception cref="InputException">There is no learner of that name.</exception>
    public static LearnerOptions Create(string name) => All.FirstOrDefault(l => l.Name == Given.NotNull(name))?.Create()
        ?? throw new InputException($"There is no learner '{Printable.Text(name)}'. There are: {string.Join(", ", All.Select(l => l.Name))}.");
}
