using System.Collections.Concurrent;

namespace GridWorld;

/// <summary>A learner that can be asked for by name.</summary>
/// <param name="Name">In kebab-case.</param>
/// <param name="Title">As books write it.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Create">Its options with all defaults.</param>
public sealed record LearnerEntry(string Name, string Title, string Source, Func<LearnerOptions> Create)
{
    internal LearnerTraits Traits { get; init; }
}

/// <summary>What kind of learner it is; what every learner promises differs by it.</summary>
[Flags]
internal enum LearnerTraits
{
    None = 0,

    /// <summary>Its values are those of the policy that acts.</summary>
    OnPolicy = 1,

    /// <summary>It learns from returns of more than a step.</summary>
    LongReturns = 2,

    /// <summary>It learns a model, of a world without chance.</summary>
    Model = 4,
}

/// <summary>The learners by name.</summary>
public static class LearnerCatalog
{
    static readonly ConcurrentDictionary<string, Func<LearnerOptions>> registered = new(StringComparer.Ordinal);

    /// <summary>The learners of the library, in the order in which one meets them in the book.</summary>
    public static IReadOnlyList<LearnerEntry> All { get; } =
    [
        new("q-learning", "Q-learning", "Watkins, 1989; Sutton and Barto, 2nd ed., section 6.5", () => new QLearning()),
        new("sarsa", "SARSA", "Rummery and Niranjan, 1994; Sutton and Barto, 2nd ed., section 6.4", () => new Sarsa())
            { Traits = LearnerTraits.OnPolicy },
        new("expected-sarsa", "Expected SARSA", "van Seijen et al., 2009; Sutton and Barto, 2nd ed., section 6.6",
            () => new ExpectedSarsa())
            { Traits = LearnerTraits.OnPolicy },
        new("double-q-learning", "Double Q-learning", "van Hasselt, 2010; Sutton and Barto, 2nd ed., section 6.7",
            () => new DoubleQLearning()),
        new("n-step-sarsa", "n-step SARSA", "Sutton and Barto, 2nd ed., section 7.2", () => new NStepSarsa())
            { Traits = LearnerTraits.OnPolicy | LearnerTraits.LongReturns },
        new("n-step-tree-backup", "n-step Tree Backup", "Precup, Sutton and Singh, 2000; Sutton and Barto, 2nd ed., section 7.5",
            () => new NStepTreeBackup())
            { Traits = LearnerTraits.OnPolicy | LearnerTraits.LongReturns },
        new("sarsa-lambda", "SARSA(λ)", "Rummery and Niranjan, 1994; Sutton and Barto, 2nd ed., section 12.7", () => new SarsaLambda())
            { Traits = LearnerTraits.OnPolicy | LearnerTraits.LongReturns },
        new("watkins-q-lambda", "Watkins's Q(λ)", "Watkins, 1989; Sutton and Barto, 2nd ed., section 12.10", () => new WatkinsQLambda())
            { Traits = LearnerTraits.LongReturns },
        new("monte-carlo", "First-visit Monte Carlo control", "Sutton and Barto, 2nd ed., section 5.4", () => new MonteCarlo())
            { Traits = LearnerTraits.OnPolicy | LearnerTraits.LongReturns },
        new("dyna-q", "Dyna-Q", "Sutton, 1990; Sutton and Barto, 2nd ed., section 8.2", () => new DynaQ())
            { Traits = LearnerTraits.Model },
        new("dyna-q-plus", "Dyna-Q+", "Sutton, 1990; Sutton and Barto, 2nd ed., section 8.3", () => new DynaQPlus())
            { Traits = LearnerTraits.Model },
        new("prioritized-sweeping", "Prioritized sweeping", "Moore and Atkeson, 1993; Sutton and Barto, 2nd ed., section 8.4",
            () => new PrioritizedSweeping())
            { Traits = LearnerTraits.Model },
    ];

    /// <summary>
    /// Makes a learner of your own known in this process by the name of its options: its runs are then stored, resumed and forked as the
    /// catalog's are. Register it before its runs are opened; a process that does not can only read them.
    /// </summary>
    /// <param name="create">Makes its options with all defaults: <c>() =&gt; new MyLearner()</c>.</param>
    /// <param name="replace">Whether it takes the place of one that was registered before under its name: of a notebook's cell that is
    /// executed again, say. Default no.</param>
    /// <exception cref="InputException">The name is taken, or the options have errors.</exception>
    public static void Register(Func<LearnerOptions> create, bool replace = false)
    {
        var options = Guard.NotNull(create)() ?? throw new InputException("The function must make the learner's options (got null).");
        string name = options.Name, shown = Printable.Text(name ?? "");
        new Faults().Require(name?.Length is >= 1 and <= 64 && !name.Any(char.IsControl),
            $"A learner's name has 1 to 64 characters (got '{shown}').")
            .Require(All.All(l => l.Name != name), $"The name '{shown}' is one of the catalog's. Give the learner another Name.")
            .Collect(options.Check)
            .ThrowIfAny();
        if (replace)
            registered[name!] = create;
        else if (!registered.TryAdd(name!, create))
            throw new InputException($"A learner '{shown}' is registered already. Give this one another Name, or pass replace: true.");
    }

    /// <exception cref="InputException">A run of the learner could not be resumed, from a file or at all.</exception>
    internal static void RequireStorable(LearnerOptions learner, bool onDisk = true)
    {
        UnknownLearner.Refuse(learner);
        if (!onDisk)
            return;
        string name = Printable.Text(learner.Name);
        if (Find(learner.Name)?.Invoke().GetType() != learner.GetType())
            throw new InputException($"The learner {name} is not registered, so that a stored run could not be resumed. "
                + "Register it (LearnerCatalog.Register), or keep the run in memory: options: RunOptions.InMemory.");
        if (LearnerJson.Copy(learner) != learner)
            throw new InputException($"The learner {name} has a property that is neither declared (OwnSettings) nor as it was registered, "
                + "so that a stored run would be resumed with another value. Declare it, or keep the run in memory: options:"
                + " RunOptions.InMemory.");
    }

    /// <summary>The options of a learner with all defaults.</summary>
    /// <exception cref="InputException">There is no learner of that name.</exception>
    public static LearnerOptions Create(string name) => Find(Guard.NotNull(name))?.Invoke()
        ?? throw new InputException($"There is no learner '{Printable.Text(name)}'. "
            + $"There are: {string.Join(", ", All.Select(l => l.Name).Concat(registered.Keys.Order(StringComparer.Ordinal).Select(n => Printable.Text(n))))}.");

    /// <summary>What makes the options of a learner of this process; null where there is none of that name.</summary>
    internal static Func<LearnerOptions>? Find(string name) =>
        All.FirstOrDefault(l => l.Name == name)?.Create ?? registered.GetValueOrDefault(name);
}
