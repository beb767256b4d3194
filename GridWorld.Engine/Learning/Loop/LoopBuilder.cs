namespace GridWorld;

/// <summary>Puts a learner, a behavior and a simulator together into one compiled loop.</summary>
public abstract class LoopBuilder
{
    private protected LoopBuilder(int states, int actions, LearnerOptions options) =>
        (States, Actions, Options) = (states, actions, options);

    /// <summary>Number of states.</summary>
    public int States { get; }

    /// <summary>Number of actions in every state.</summary>
    public int Actions { get; }

    private protected LearnerOptions Options { get; }

    /// <summary>A table of action values whose terminal rows are 0.</summary>
    public abstract QTable NewTable(double initialValue);

    /// <summary>The loop of a learner.</summary>
    public abstract TrainingLoop For<TLearner>(TLearner learner) where TLearner : struct, ILearner;

    /// <summary>
    /// A loop that trains a learner in a process of your own, compiled for it: as fast as in a world, but without a run's events and store.
    /// </summary>
    /// <param name="simulator">Draws starts and steps.</param>
    /// <param name="options">The learner and its options.</param>
    /// <param name="seed">Any number; it fixes all randomness. Default 1.</param>
    /// <param name="stepLimit">Steps after which an episode is truncated, at least 1. Default 1,000,000.</param>
    /// <param name="terminalStates">Where episodes end: their values are 0 whatever the initial value. Default none; a step that terminates
    /// needs no such state.</param>
    /// <exception cref="InputException">Lists every fault of what was passed in.</exception>
    public static TrainingLoop Build<TSimulator>(TSimulator simulator, LearnerOptions options, ulong seed = 1, int stepLimit = 1_000_000,
        IReadOnlyCollection<int>? terminalStates = null) where TSimulator : struct, ISimulator
    {
        ArgumentNullException.ThrowIfNull(options);
        int states = simulator.States, actions = simulator.Actions;
        new Faults().Require(states >= 1, $"A simulator needs at least 1 state (got {states}).")
            .Require(actions is >= 1 and <= 32, $"A simulator needs 1 to 32 actions (got {actions}).")
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
            options.Build(new LoopBuilder<TSimulator, TRow>(simulator, mdp.Terminal.ToArray(), stepLimit, options, streams, initial));
    }
}

internal sealed class LoopBuilder<TSimulator, TRow>(
    TSimulator simulator, bool[] terminal, int stepLimit, LearnerOptions options, (Rng Behavior, Rng World, Rng Model) streams,
    InitialQ? initial = null)
    : LoopBuilder(simulator.States, simulator.Actions, options) where TSimulator : struct, ISimulator where TRow : struct, IRow
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
        // The loop reads and writes rows without a check of every index; a table of another size would lead it out of its memory.
        if (learner.Values is not { } values || values.States != States || values.Actions != Actions)
            throw new InputException(
                $"The table of {typeof(TLearner).Name} must have {States} states and {Actions} actions. Make it with NewTable.");
        var visits = new VisitCounts(States, Actions);
        return (Options.Behavior, Options.TieBreaking) switch
        {
            (Behavior.Softmax, _) => With(learner, new Softmax(Actions), visits),
            (Behavior.Ucb, _) => With(learner, new UpperConfidence(visits, Options.TieBreaking), visits),
            (_, TieBreaking.First) => With(learner, new EpsilonGreedy<FirstTies, TRow>(Actions), visits),
            _ => With(learner, new EpsilonGreedy<RandomTies, TRow>(Actions), visits),
        };
    }

    TrainingLoop With<TLearner, TBehavior>(TLearner learner, TBehavior behavior, VisitCounts visits)
        where TLearner : struct, ILearner where TBehavior : struct, IBehavior =>
        new TrainingLoop<TLearner, TSimulator, TBehavior, TRow>(learner, simulator, behavior, stepLimit, visits, streams);
}
