using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>
/// Double Q-learning: two tables, each valuing the other's greedy action, against the bias of taking a maximum.
/// It acts on their mean. van Hasselt, 2010; Sutton and Barto, 2nd ed., section 6.7.
/// </summary>
public sealed record DoubleQLearning : LearnerOptions
{
    /// <inheritdoc/>
    public override string Name => "double-q-learning";

    /// <inheritdoc/>
    public override TrainingLoop Build(LoopBuilder loop) =>
        loop.For(new DoubleQLearner(loop.NewTable(InitialValue), loop.NewTable(InitialValue), loop.NewTable(InitialValue)));
}

internal struct DoubleQLearner(QTable mean, QTable first, QTable second) : ILearner
{
    double learningRate;

    public static bool ChangesOneEntry => true;

    public readonly QTable Values => mean;

    public void Apply(in Hyperparameters hyperparameters) => learningRate = hyperparameters.LearningRate;

    // A fair coin, the top bit of a draw, says which table learns.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly double Learn<TBehaviour>(in Transition t, ref TBehaviour behaviour, ref Rng model) where TBehaviour : struct, IBehaviour
    {
        bool heads = model.Next() >> 63 == 0;
        QTable learns = heads ? first : second, values = heads ? second : first;
        int best = t.NextState * mean.Actions + Greedy.Of(learns.Row(t.NextState)).First;
        ref double q = ref learns[t.Pair];
        q += learningRate * TdErrors.DoubleQ(q, t.Reward, t.Discount, values[best]);
        return (q + values[t.Pair]) * 0.5;
    }

    public readonly void EndEpisode<TBehaviour>(ref TBehaviour behaviour, ref Rng model) where TBehaviour : struct, IBehaviour
    {
    }

    public readonly void Save(StateWriter state)
    {
        state.Write<double>("q", mean.Values);
        state.Write<double>("q1", first.Values);
        state.Write<double>("q2", second.Values);
    }

    public readonly void Load(StateReader state)
    {
        state.Read("q", mean.Values);
        state.Read("q1", first.Values);
        state.Read("q2", second.Values);
    }
}
