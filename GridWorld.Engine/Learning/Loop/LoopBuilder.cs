namespace GridWorld;

/// <summary>Builds one compiled loop from a learner, a behavior and a simulator.</summary>
public abstract class LoopBuilder
{
    readonly Mdp? mdp;

    private protected LoopBuilder(int states, int actions, LearnerOptions options, int stepLimit,
        (Rng Behavior, Rng World, Rng Model) streams, Mdp? mdp) =>
        (States, Actions, Options, StepLimit, Streams, this.mdp) = (states, actions, options, stepLimit, streams, mdp);

    /// <summary>Number of states.</summary>
    public int States { get; }

    /// <summary>Number of actions in every state.</summary>
    public int Actions { get; }

    internal int StepLimit { get; }

    internal (Rng Behavior, Rng World, Rng Model) Streams { get; }

    /// <summary>The tables of the world, for a planner.</summary>
    /// <exception cref="InputException">The simulator is a user's, which has no tables.</exception>
    internal Mdp Mdp => mdp ?? throw new InputException(
        $"{Options.Name} is a planner: it computes from the probabilities and rewards of a world, which a simulator of your own does not "
        + "have. Use a learner, or make a World or an Mdp.");

    private protected LearnerOptions Options { get; }

    /// <summary>Creates a Q-table of the right size whose terminal rows are 0.</summary>
    /// <param name="initialValue">Value of all other entries, unless the run has an <see cref="InitialQ"/>.</param>
    public abstract QTable NewTable(double initialValue);

    /// <summary>Builds the loop of a learner.</summary>
    /// <exception cref="InputException">The learner's <see cref="ILearner.Values"/> has the wrong size.</exception>
    public abstract TrainingLoop For<TLearner>(TLearner learner) where TLearner : struct, ILearner;

    /// <summary>Builds the loop of a learner that is compiled for the number of actions.</summary>
    internal abstract TrainingLoop ForRows(IBuiltForRows learner);

    /// <summary>
    /// Builds a compiled loop that trains a learner in your own simulator. It is as fast as in a world but has no events and no store.
    /// </summary>
    /// <param name="simulator">The simulator, which draws start states and steps.</param>
    /// <param name="options">The learner and its options.</param>
    /// <param name="seed">Seed of all random numbers. Default 1.</param>
    /// <param name="stepLimit">Number of steps after which an episode is truncated, at least 1. Default 1,000,000.</param>
    /// <param name="terminalStates">
    /// States whose values are always 0, even if the initial value is not. Default none. A step can terminate in any state.
    /// </param>
    /// <exception cref="InputException">An argument is invalid; lists all errors.</exception>
    public static TrainingLoop Build<TSimulator>(TSimulator simulator, LearnerOptions options, ulong seed = 1, int stepLimit = 1_000_000,
        IReadOnlyCollection<int>? terminalStates = null) where TSimulator : struct, ISimulator
    {
        ArgumentNullException.ThrowIfNull(options);
        int states = simulator.States, actions = simulator.Actions;
        new Faults().Require(states >= 1, $"A simulator must have at least 1 state (got {states}).")
            .Require(actions is >= 1 and <= 32, $"A simulator must have 1 to 32 actions (got {actions}).")
            .Require((long)states * actions <= Array.MaxLength / 2,
            $"States × actions must be at most {Array.MaxLength / 2} (got {states} × {actions}).")
            .Require(stepLimit >= 1, $"The step limit must be at least 1 (got {stepLimit}).")
            .Require(terminalStates?.All(s => s >= 0 && s < states) ?? true, $"Terminal states must be between 0 and {states - 1}.")
            .Collect(options.Check)
            .ThrowIfAny();
        var terminal = new bool[states];
        foreach (int state in terminalStates ?? [])
            terminal[state] = true;
        var guarded = new GuardedSimulator<TSimulator>(simulator);
        var streams = Rng.Streams(seed);
        var loop = actions switch
        {
            4 => options.Build(new LoopBuilder<GuardedSimulator<TSimulator>, FourActions>(guarded, terminal, stepLimit, options, streams)),
            8 => options.Build(new LoopBuilder<GuardedSimulator<TSimulator>, EightActions>(guarded, terminal, stepLimit, options, streams)),
            _ => options.Build(new LoopBuilder<GuardedSimulator<TSimulator>, AnyActions>(guarded, terminal, stepLimit, options, streams)),
        };
        loop.Apply(new(options));
        return loop;
    }

    internal static TrainingLoop Build(Mdp mdp, LearnerOptions options, int stepLimit, (Rng Behavior, Rng World, Rng Model) streams,
        InitialQ? initial = null) => mdp.Actions switch
    {
        4 => Build<FourActions>(mdp, options, stepLimit, streams, initial),
        8 => Build<EightActions>(mdp, options, stepLimit, streams, initial),
        _ => Build<AnyActions>(mdp, options, stepLimit, streams, initial),
    };

    static TrainingLoop Build<TRow>(Mdp mdp, LearnerOptions options, int stepLimit, (Rng Behavior, Rng World, Rng Model) streams,
        InitialQ? initial)
        where TRow : struct, IRow
    {
        return (mdp.HasChance, mdp.NeedsWideCodes) switch
        {
            (false, _) when SmallMoves.Fit(mdp, NoChance.Places) => With(new SmallSimulator<NoChance, TRow>(mdp)),
            (true, _) when SmallMoves.Fit(mdp, SameChance.Places) => With(new SmallSimulator<SameChance, TRow>(mdp)),
            (false, false) => With(new DeterministicSimulator<byte, TRow>(mdp)),
            (false, true) => With(new DeterministicSimulator<int, TRow>(mdp)),
            (true, false) => With(new StochasticSimulator<byte, TRow>(mdp)),
            (true, true) => With(new StochasticSimulator<int, TRow>(mdp)),
        };

        TrainingLoop With<TSimulator>(TSimulator simulator) where TSimulator : struct, ISimulator =>
            options.Build(new LoopBuilder<TSimulator, TRow>(simulator, mdp.Terminal.ToArray(), stepLimit, options, streams, initial, mdp));
    }
}

internal sealed class LoopBuilder<TSimulator, TRow>(
    TSimulator simulator, bool[] terminal, int stepLimit, LearnerOptions options, (Rng Behavior, Rng World, Rng Model) streams,
    InitialQ? initial = null, Mdp? mdp = null)
    : LoopBuilder(simulator.States, simulator.Actions, options, stepLimit, streams, mdp)
    where TSimulator : struct, ISimulator where TRow : struct, IRow
{
    public override QTable NewTable(double initialValue)
    {
        var table = new QTable(States, Actions, initialValue);
        initial?.Values.CopyTo(table.Values);
        if (initialValue != 0 || initial is not null)
        {
            for (int s = 0; s < States; s++)
            {
                if (terminal[s])
                    table.Row(s).Clear();
            }
        }

        return table;
    }

    public override TrainingLoop For<TLearner>(TLearner learner)
    {
        // The loop reads and writes rows without bounds checks, so a table of another size would lead to memory errors.
        if (learner.Values is not { } values || values.States != States || values.Actions != Actions)
        {
            throw new InputException(
                $"The table of {typeof(TLearner).Name} must have {States} states and {Actions} actions. Create it with NewTable.");
        }

        var visits = new VisitCounts(States, Actions);
        return (Options.Behavior, Options.TieBreaking) switch
        {
            (Behavior.Softmax, _) => With(learner, new Softmax(Actions), visits),
            (Behavior.Ucb, _) => With(learner, new UpperConfidence(visits, Options.TieBreaking), visits),
            (_, TieBreaking.First) => With(learner, new EpsilonGreedy<FirstTies, TRow>(Actions), visits),
            _ => With(learner, new EpsilonGreedy<RandomTies, TRow>(Actions), visits),
        };
    }

    internal override TrainingLoop ForRows(IBuiltForRows learner) => learner.Build<TRow>(this);

    TrainingLoop With<TLearner, TBehavior>(TLearner learner, TBehavior behavior, VisitCounts visits)
        where TLearner : struct, ILearner where TBehavior : struct, IBehavior =>
        new TrainingLoop<TLearner, TSimulator, TBehavior, TRow>(learner, simulator, behavior, StepLimit, visits, Streams);
}
