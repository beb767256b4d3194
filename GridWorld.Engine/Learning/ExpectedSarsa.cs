using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>Expected SARSA: SARSA with the mean over the next action in place of its draw. van Seijen et al., 2009; Sutton and Barto, 2nd ed., section 6.6.</summary>
public sealed record ExpectedSarsa : LearnerOptions
{
    /// <inheritdoc/>
    public override string Name => "expected-sarsa";

    /// <inheritdoc/>
    public override TrainingLoop Build(LoopBuilder loop) => loop.For(new ExpectedSarsaLearner(loop.NewTable(InitialValue)));
}

internal struct ExpectedSarsaLearner(QTable table) : ILearner
{
    double learningRate;

    // Chosen before the step is learned, as SARSA does: the two then differ in nothing but the target.
    public static bool NeedsNextAction => true;

    public static bool ChangesOneEntry => true;

    public readonly QTable Values => table;

    public void Apply(in Hyperparameters hyperparameters) => learningRate = hyperparameters.LearningRate;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly double Learn<TBehaviour>(in Transition t, ref TBehaviour behaviour, ref Rng model) where TBehaviour : struct, IBehaviour =>
        t.Value + learningRate * TdErrors.ExpectedSarsa(t.Value, t.Reward, t.Discount, behaviour.Expectation(t.NextState, table.Row(t.NextState), t.Next));

    public readonly void EndEpisode<TBehaviour>(ref TBehaviour behaviour, ref Rng model) where TBehaviour : struct, IBehaviour
    {
    }

    public readonly void Save(StateWriter state) => state.Write<double>("q", table.Values);

    public readonly void Load(StateReader state) => state.Read("q", table.Values);
}
