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
    public override TrainingLoop Build(LoopBuilder loop) => loop.Actions switch
    {
        4 => Build<FourActions>(loop),
        8 => Build<EightActions>(loop),
        _ => Build<AnyActions>(loop),
    };

    TrainingLoop Build<TRow>(LoopBuilder loop) where TRow : struct, IRow =>
        loop.For(new DoubleQLearner<TRow>(loop.NewTable(InitialValue), loop.NewTable(InitialValue), loop.NewTable(InitialValue)));
}

internal unsafe struct DoubleQLearner<TRow>(QTable mean, QTable first, QTable second) : ILearner where TRow : struct, IRow
{
    readonly double* one = first.First;
    readonly nint apart = (nint)second.First - (nint)first.First;
    readonly int actions = mean.Actions;
    double learningRate;

    public static bool ChangesOneEntry => true;

    public readonly QTable Values => mean;

    public void Apply(in Hyperparameters hyperparameters) => learningRate = hyperparameters.LearningRate;

    // A fair coin, the top bit of a draw, says which table learns. Their addresses are exchanged by arithmetic: a branch
    // on a coin is a branch that no predictor can know.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly double Learn<TBehaviour>(in Transition t, ref TBehaviour behaviour, ref Rng model) where TBehaviour : struct, IBehaviour
    {
        nint tails = -(nint)(model.Next() >> 63);
        double* learns = (double*)((nint)one + (apart & tails)), values = (double*)((nint)one + (apart & ~tails));
        int n = TRow.Actions(actions);
        nuint pair = (uint)t.Pair, here = (nuint)(uint)t.State * (uint)n, next = (nuint)(uint)t.NextState * (uint)n;
        double q = learns[pair], nextInOther = values[next + (uint)TRow.Greedy(learns + next, n).First];
        q += learningRate * TdErrors.DoubleQ(q, t.Reward, t.Discount, nextInOther);
        TRow.Replace(learns + here, n, t.Action, q);
        return (q + values[pair]) * 0.5;
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
