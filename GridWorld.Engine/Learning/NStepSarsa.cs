using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>n-step SARSA: n rewards, then the value of the next action. Sutton and Barto, 2nd ed., section 7.2.</summary>
public sealed record NStepSarsa : LearnerOptions
{
    /// <inheritdoc/>
    public override string Name => "n-step-sarsa";

    /// <summary>Number n of rewards in a return, from 1 to 1,000. Default 4: the best of figure 7.2 of Sutton and Barto, 2nd ed.</summary>
    public int StepsAhead { get; init; } = 4;

    /// <inheritdoc/>
    protected override IEnumerable<LearnerSetting> OwnSettings =>
    [
        LearnerSetting.Whole("steps_ahead", "rewards in a return", 1, 1000, (NStepSarsa o) => o.StepsAhead,
            (o, v) => o with { StepsAhead = v }),
    ];

    /// <inheritdoc/>
    public override TrainingLoop Build(LoopBuilder loop) => loop.For(new NStepSarsaLearner(loop.NewTable(InitialValue), new(), StepsAhead));
}

internal struct NStepSarsaLearner(QTable table, RecentSteps window, int stepsAhead) : ILearner
{
    double learningRate;

    public static bool NeedsNextAction => true;

    public readonly QTable Values => table;

    public void Apply(in Hyperparameters hyperparameters) => learningRate = hyperparameters.LearningRate;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly double Learn<TBehavior>(in Transition t, ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior
    {
        window.Add(t, learningRate);
        while (window.Count == stepsAhead || (t.IsLast && window.Count > 0))
            LearnOldest(t);
        return table.At(t.Pair);
    }

    // G = R + γ(R′ + γ(… + γ·Q(S, A))), from the newest step back. The newest step has discount 0 if it terminated the episode.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    readonly void LearnOldest(in Transition t)
    {
        var steps = window.Steps;
        double g = table.At(t.NextPair);
        for (int i = steps.Length - 1; i >= 0; i--)
            g = steps[i].Reward + steps[i].Discount * g;
        ref readonly var oldest = ref steps[0];
        ref double q = ref table.At(oldest.Pair);
        q += oldest.LearningRate * TdErrors.Return(q, g);
        window.DropOldest();
    }

    public readonly void EndEpisode<TBehavior>(ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior
    {
    }

    public readonly void Save(StateWriter state) => state.Write<double>("q", table.Values);

    public readonly void Load(StateReader state)
    {
        state.Read("q", table.Values);
        window.Clear();
    }
}
