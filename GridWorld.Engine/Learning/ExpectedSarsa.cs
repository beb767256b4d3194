using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>
/// Expected SARSA: SARSA with the mean over the next action instead of a sample. van Seijen et al., 2009; Sutton and Barto, 2nd ed.,
/// section 6.6.
/// </summary>
public sealed record ExpectedSarsa : LearnerOptions
{
    /// <inheritdoc/>
    public override string Name => "expected-sarsa";

    /// <inheritdoc/>
    public override TrainingLoop Build(LoopBuilder loop) => loop.Actions switch
    {
        4 => loop.For(new ExpectedSarsaLearner<FourActions>(loop.NewTable(InitialValue))),
        8 => loop.For(new ExpectedSarsaLearner<EightActions>(loop.NewTable(InitialValue))),
        _ => loop.For(new ExpectedSarsaLearner<AnyActions>(loop.NewTable(InitialValue))),
    };
}

internal unsafe struct ExpectedSarsaLearner<TRow>(QTable table) : ILearner where TRow : struct, IRow
{
    readonly double* values = table.First;
    readonly int actions = table.Actions;
    double learningRate;

    // The next action is chosen before the step is learned, as in SARSA, so that the two differ only in the target.
    public static bool NeedsNextAction => true;

    public static bool ChangesOneEntry => true;

    public readonly QTable Values => table;

    public void Apply(in Hyperparameters hyperparameters) => learningRate = hyperparameters.LearningRate;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly double Learn<TBehavior>(in Transition t, ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior =>
        t.Value + learningRate * TdErrors.ExpectedSarsa(t.Value, t.Reward, t.Discount,
        behavior.Expectation(t.NextState, Row(t.NextState), t.Next));

    // A row whose length the compiler knows.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    readonly ReadOnlySpan<double> Row(int state) => new(values + (nuint)(uint)state * (nuint)TRow.Actions(actions), TRow.Actions(actions));

    public readonly void EndEpisode<TBehavior>(ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior
    {
    }

    public readonly void Save(StateWriter state) => state.Write<double>("q", table.Values);

    public readonly void Load(StateReader state) => state.Read("q", table.Values);
}
