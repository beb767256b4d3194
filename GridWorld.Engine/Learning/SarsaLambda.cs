using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>SARSA(λ): every error updates all recently visited pairs. Sutton and Barto, 2nd ed., section 12.7.</summary>
public sealed record SarsaLambda : LearnerOptions
{
    /// <inheritdoc/>
    public override string Name => "sarsa-lambda";

    /// <summary>Trace decay λ, no unit, in [0, 1]. Default 0.9, close to the best of figure 12.10 of Sutton and Barto, 2nd ed.</summary>
    public Schedule TraceDecay { get; init; } = 0.9;

    /// <summary>The effect of a visit on a trace. Default replacing, which is stable even if states are revisited.</summary>
    public Traces Traces { get; init; } = Traces.Replacing;

    /// <inheritdoc/>
    protected override IEnumerable<LearnerSetting> OwnSettings =>
    [
        LearnerSetting.Schedule("trace_decay", "how much of a trace is left a step later", 0, 1,
            (SarsaLambda o) => o.TraceDecay, (o, s) => o with { TraceDecay = s }),
        LearnerSetting.Choice("traces", "what a visit does to a trace", (SarsaLambda o) => o.Traces, (o, v) => o with { Traces = v }),
    ];

    /// <inheritdoc/>
    public override TrainingLoop Build(LoopBuilder loop) =>
        loop.For(new SarsaLambdaLearner(loop.NewTable(InitialValue), new(loop.States * loop.Actions, Traces)));
}

internal struct SarsaLambdaLearner(QTable table, EligibilityTraces traces) : ILearner
{
    double learningRate, traceDecay;

    public static bool NeedsNextAction => true;

    public readonly QTable Values => table;

    public void Apply(in Hyperparameters hyperparameters) =>
        (learningRate, traceDecay) = (hyperparameters.LearningRate, hyperparameters["trace_decay"]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly double Learn<TBehavior>(in Transition t, ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior
    {
        traces.Visit(t.Pair);
        traces.Update(table, learningRate * TdErrors.Sarsa(t.Value, t.Reward, t.Discount, table.At(t.NextPair)), t.Discount * traceDecay);
        return table.At(t.Pair);
    }

    public readonly void EndEpisode<TBehavior>(ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior => traces.Clear();

    public readonly void Save(StateWriter state) => state.Write<double>("q", table.Values);

    public readonly void Load(StateReader state)
    {
        state.Read("q", table.Values);
        traces.Clear();
    }
}
