namespace GridWorld;

/// <summary>
/// n-step Tree Backup: n rewards and, at every state on the path, the policy's mean over the actions not taken. Sutton and Barto, 2nd ed.,
/// section 7.5.
/// </summary>
public sealed record NStepTreeBackup : LearnerOptions
{
    /// <inheritdoc/>
    public override string Name => "n-step-tree-backup";

    /// <summary>Number n of rewards in a return, from 1 to 1,000. Default 4, as for n-step SARSA.</summary>
    public int StepsAhead { get; init; } = 4;

    /// <inheritdoc/>
    protected override IEnumerable<LearnerSetting> OwnSettings =>
    [
        LearnerSetting.Whole("steps_ahead", "rewards in a return", 1, 1000, (NStepTreeBackup o) => o.StepsAhead,
            (o, v) => o with { StepsAhead = v }),
    ];

    /// <inheritdoc/>
    public override TrainingLoop Build(LoopBuilder loop) =>
        loop.For(new NStepTreeBackupLearner(loop.NewTable(InitialValue), new(), StepsAhead));
}

internal struct NStepTreeBackupLearner(QTable table, RecentSteps window, int stepsAhead) : ILearner
{
    double learningRate;

    public readonly QTable Values => table;

    public void Apply(in Hyperparameters hyperparameters) => learningRate = hyperparameters.LearningRate;

    public readonly double Learn<TBehavior>(in Transition t, ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior
    {
        window.Add(t, learningRate);
        while (window.Count == stepsAhead || (t.IsLast && window.Count > 0))
            LearnOldest(t, ref behavior);
        return table.At(t.Pair);
    }

    readonly void LearnOldest<TBehavior>(in Transition t, ref TBehavior behavior) where TBehavior : struct, IBehavior
    {
        Span<double> policy = stackalloc double[table.Actions];
        var next = table.Row(t.NextState);
        behavior.Probabilities(t.NextState, next, policy);
        double g = 0;
        for (int a = 0; a < next.Length; a++)
            g += policy[a] * next[a];
        g = t.Reward + t.Discount * g;
        var steps = window.Steps;
        for (int i = steps.Length - 2; i >= 0; i--)
        {
            var (state, action) = Math.DivRem(steps[i + 1].Pair, table.Actions);
            behavior.Probabilities(state, table.Row(state), policy);
            g = TdErrors.TreeBackup(steps[i].Reward, steps[i].Discount, policy, table.Row(state), action, g);
        }

        ref double q = ref table.At(steps[0].Pair);
        q += steps[0].LearningRate * TdErrors.Return(q, g);
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
