namespace GridWorld;

/// <summary>Puts a learner, a behaviour and a simulator together into one compiled loop.</summary>
public abstract class LoopBuilder
{
    private protected LoopBuilder(int states, int actions, LearnerOptions options) => (States, Actions, Options) = (states, actions, options);

    /// <summary>Number of states.</summary>
    public int States { get; }

    /// <summary>Number of actions in every state.</summary>
    public int Actions { get; }

    private protected LearnerOptions Options { get; }

    /// <summary>A table of action values whose terminal rows are 0.</summary>
    public abstract QTable NewTable(double initialValue);

    /// <summary>The loop of a learner.</summary>
    public abstract TrainingLoop For<TLearner>(TLearner learner) where TLearner : struct, ILearner;

    internal static TrainingLoop Build(Mdp mdp, LearnerOptions options, int stepLimit, (Rng Behaviour, Rng World, Rng Model) streams) => mdp.Actions switch
    {
        4 => Build<FourActions>(mdp, options, stepLimit, streams),
        8 => Build<EightActions>(mdp, options, stepLimit, streams),
        _ => Build<AnyActions>(mdp, options, stepLimit, streams),
    };

    static TrainingLoop Build<TRow>(Mdp mdp, LearnerOptions options, int stepLimit, (Rng Behaviour, Rng World, Rng Model) streams)
        where TRow : struct, IRow
    {
        return (mdp.HasChance, mdp.NeedsWideCodes) switch
        {
            (false, false) when mdp.States <= SmallSimulator<TRow>.MaxStates => With(new SmallSimulator<TRow>(mdp)),
            (false, false) => With(new DeterministicSimulator<byte, TRow>(mdp)),
            (false, true) => With(new DeterministicSimulator<int, TRow>(mdp)),
            (true, false) => With(new StochasticSimulator<byte, TRow>(mdp)),
            (true, true) => With(new StochasticSimulator<int, TRow>(mdp)),
        };

        TrainingLoop With<TSimulator>(TSimulator simulator) where TSimulator : struct, ISimulator =>
            options.Build(new LoopBuilder<TSimulator, TRow>(simulator, mdp.Terminal.ToArray(), stepLimit, options, streams));
    }
}

internal sealed class LoopBuilder<TSimulator, TRow>(
    TSimulator simulator, bool[] terminal, int stepLimit, LearnerOptions options, (Rng Behaviour, Rng World, Rng Model) streams)
    : LoopBuilder(simulator.States, simulator.Actions, options) where TSimulator : struct, ISimulator where TRow : struct, IRow
{
    public override QTable NewTable(double initialValue)
    {
        var table = new QTable(States, Actions, initialValue);
        if (initialValue != 0)
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
        var visits = new VisitCounts(States, Actions);
        return (Options.Behaviour, Options.Ties) switch
        {
            (Behaviour.Softmax, _) => With(learner, new Softmax(Actions), visits),
            (Behaviour.Ucb, _) => With(learner, new UpperConfidence(visits, Options.Ties), visits),
            (_, Ties.First) => With(learner, new EpsilonGreedy<FirstTies, TRow>(Actions), visits),
            _ => With(learner, new EpsilonGreedy<RandomTies, TRow>(Actions), visits),
        };
    }

    TrainingLoop With<TLearner, TBehaviour>(TLearner learner, TBehaviour behaviour, VisitCounts visits)
        where TLearner : struct, ILearner where TBehaviour : struct, IBehaviour =>
        new TrainingLoop<TLearner, TSimulator, TBehaviour, TRow>(learner, simulator, behaviour, stepLimit, visits, streams);
}
