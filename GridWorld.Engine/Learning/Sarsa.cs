using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>
/// SARSA: on-policy, learns the values of the policy that acts. Rummery and Niranjan, 1994; Sutton and Barto, 2nd ed., section 6.4.
/// </summary>
public sealed record Sarsa : LearnerOptions
{
    /// <inheritdoc/>
    public override string Name => "sarsa";

    /// <inheritdoc/>
    public override TrainingLoop Build(LoopBuilder loop) => loop.For(new SarsaLearner(loop.NewTable(InitialValue)));
}

internal struct SarsaLearner(QTable table) : ILearner
{
    double learningRate;

    public static bool NeedsNextAction => true;

    public static bool ChangesOneEntry => true;

    public readonly QTable Values => table;

    public void Apply(in Hyperparameters hyperparameters) => learningRate = hyperparameters.LearningRate;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly double Learn<TBehavior>(in Transition t, ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior =>
        t.Value + learningRate * TdErrors.Sarsa(t.Value, t.Reward, t.Discount, table.At(t.NextPair));

    public readonly void EndEpisode<TBehavior>(ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior
    {
    }

    public readonly void Save(StateWriter state) => state.Write<double>("q", table.Values);

    public readonly void Load(StateReader state) => state.Read("q", table.Values);
}
