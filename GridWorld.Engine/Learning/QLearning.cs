using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>
/// Q-learning: off-policy, learns the values of the greedy policy. Watkins, 1989; Sutton and Barto, 2nd ed., section 6.5.
/// </summary>
public sealed record QLearning : LearnerOptions
{
    /// <inheritdoc/>
    public override string Name => "q-learning";

    /// <inheritdoc/>
    public override TrainingLoop Build(LoopBuilder loop) => loop.For(new QLearner(loop.NewTable(InitialValue)));
}

internal struct QLearner(QTable table) : ILearner
{
    double learningRate;

    public static bool ChangesOneEntry => true;

    public readonly QTable Values => table;

    public void Apply(in Hyperparameters hyperparameters) => learningRate = hyperparameters.LearningRate;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly double Learn<TBehavior>(in Transition t, ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior =>
        t.Value + learningRate * TdErrors.QLearning(t.Value, t.Reward, t.Discount, t.Next.Value);

    public readonly void EndEpisode<TBehavior>(ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior
    {
    }

    public readonly void Save(StateWriter state) => state.Write<double>("q", table.Values);

    public readonly void Load(StateReader state) => state.Read("q", table.Values);
}
