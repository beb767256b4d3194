using System.Collections.Concurrent;

namespace GridWorld;

/// <summary>The learner catalog.</summary>
public static class LearnerCatalog
{
    static readonly ConcurrentDictionary<string, Func<LearnerOptions>> registered = new(StringComparer.Ordinal);

    /// <summary>The built-in learners, roughly in the order of the book.</summary>
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

    /// <summary>The built-in planners, whose runs have passes in place of episodes.</summary>
    public static IReadOnlyList<LearnerEntry> Planners { get; } =
    [
        new("value-iteration", "Value iteration", "Bellman, 1957; Sutton and Barto, 2nd ed., section 4.4",
            () => new ValueIterationPlanner()),
        new("policy-iteration", "Policy iteration", "Howard, 1960; Puterman and Shin, 1978; Sutton and Barto, 2nd ed., section 4.3",
            () => new PolicyIterationPlanner()),
        new("policy-evaluation", "Iterative policy evaluation", "Sutton and Barto, 2nd ed., section 4.1",
            () => new PolicyEvaluationPlanner()),
    ];

    /// <summary>
    /// Registers your own learner in this process by the name of its options. Its runs can then be stored, resumed and forked like those of
    /// a built-in learner. Register it before you open its runs; a process that does not register it can only read them.
    /// </summary>
    /// <param name="create">Creates the options of the learner with all defaults: <c>() =&gt; new MyLearner()</c>.</param>
    /// <param name="replace">
    /// Whether to replace a registered learner of the same name, for example if a notebook cell is executed again. Default false.
    /// </param>
    /// <exception cref="InputException">The name is already used, or the options have errors.</exception>
    public static void Register(Func<LearnerOptions> create, bool replace = false)
    {
        var options = Guard.NotNull(create)() ?? throw new InputException(
            "The function must return the options of the learner (got null).");
        string name = options.Name, shown = Printable.Text(name ?? "");
        new Faults().Require(name?.Length is >= 1 and <= 64 && !name.Any(char.IsControl),
            $"The name of a learner must have 1 to 64 characters (got '{shown}').")
            .Require(BuiltIn.All(l => l.Name != name), $"'{shown}' is the name of a built-in learner. Use another Name.")
            .Collect(options.Check)
            .ThrowIfAny();
        if (replace)
            registered[name!] = create;
        else if (!registered.TryAdd(name!, create))
            throw new InputException($"A learner '{shown}' is already registered. Use another Name, or set replace: true.");
    }

    /// <summary>The learners, then the planners.</summary>
    internal static IEnumerable<LearnerEntry> BuiltIn => All.Concat(Planners);

    /// <exception cref="InputException">A run of the learner could not be resumed.</exception>
    internal static void RequireStorable(LearnerOptions learner, bool onDisk = true)
    {
        UnknownLearner.Refuse(learner);
        if (!onDisk)
            return;
        string name = Printable.Text(learner.Name);
        if (Find(learner.Name)?.Invoke().GetType() != learner.GetType())
            throw new InputException($"The learner {name} is not registered, so a stored run could not be resumed. "
                + "Register it with LearnerCatalog.Register, or keep the run in memory with options: RunOptions.InMemory.");
        if (LearnerJson.Copy(learner) != learner)
        {
            throw new InputException(
                $"The learner {name} has a property that is not declared in OwnSettings and does not have its registered value, "
                + "so a stored run would be resumed with another value. Declare it, or keep the run in memory with "
                + "options: RunOptions.InMemory.");
        }
    }

    /// <summary>Creates the options of a learner with all defaults.</summary>
    /// <exception cref="InputException">The catalog has no learner of this name.</exception>
    public static LearnerOptions Create(string name)
    {
        if (Find(Guard.NotNull(name)) is { } create)
            return create();
        var names = BuiltIn.Select(l => l.Name).Concat(registered.Keys.Order(StringComparer.Ordinal).Select(n => Printable.Text(n)));
        throw new InputException($"There is no learner '{Printable.Text(name)}'. Use one of {string.Join(", ", names)}.");
    }

    /// <summary>The function that creates the options of a learner; null if this process does not have the learner.</summary>
    internal static Func<LearnerOptions>? Find(string name) =>
        BuiltIn.FirstOrDefault(l => l.Name == name)?.Create ?? registered.GetValueOrDefault(name);
}
