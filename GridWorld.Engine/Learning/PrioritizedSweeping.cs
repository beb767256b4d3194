using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>
/// Prioritized sweeping: learns only from its model, from the pairs with the greatest expected change first. After every change, it queues
/// the pairs that lead to the changed state. Moore and Atkeson, 1993; Sutton and Barto, 2nd ed., section 8.4.
/// </summary>
public sealed record PrioritizedSweeping : LearnerOptions, IBuiltForRows
{
    /// <inheritdoc/>
    public override string Name => "prioritized-sweeping";

    /// <summary>
    /// The most model updates after every real step, from 0 to 10,000. Default 5: Sutton and Barto, 2nd ed., example 8.4.
    /// </summary>
    public int PlanningSteps { get; init; } = 5;

    /// <summary>
    /// Smallest expected change θ of a value that causes an update, in units of return, in [1e-12, 1,000]. Default 0.0001.
    /// </summary>
    public Schedule Threshold { get; init; } = 0.0001;

    /// <inheritdoc/>
    protected override IEnumerable<LearnerSetting> OwnSettings =>
    [
        LearnerSetting.Whole("planning_steps", "updates from the model after every step", 0, 10_000,
            (PrioritizedSweeping o) => o.PlanningSteps, (o, v) => o with { PlanningSteps = v }),
        LearnerSetting.Schedule("threshold", "smallest expected change that is worth an update", 1e-12, 1000,
            (PrioritizedSweeping o) => o.Threshold, (o, s) => o with { Threshold = s }),
    ];

    /// <inheritdoc/>
    public override TrainingLoop Build(LoopBuilder loop) => loop.ForRows(this);

    TrainingLoop IBuiltForRows.Build<TRow>(LoopBuilder loop) =>
        loop.For(new PrioritizedSweepingLearner<TRow>(loop.NewTable(InitialValue), new(loop.States, loop.Actions),
            new(loop.States, loop.States * loop.Actions), new(loop.States * loop.Actions), PlanningSteps));
}

internal struct PrioritizedSweepingLearner<TRow>(
    QTable table, DynaModel world, Predecessors predecessors, PriorityHeap queue, int planningSteps) : ILearner where TRow : struct, IRow
{
    double learningRate, discountFactor, threshold;

    public static bool HasOwnTables => true;

    public static bool WritesRows => true;

    public readonly QTable Values => table;

    public void Apply(in Hyperparameters hyperparameters) =>
        (learningRate, discountFactor, threshold) = (hyperparameters.LearningRate, hyperparameters.DiscountFactor,
        hyperparameters["threshold"]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly double Learn<TBehavior>(in Transition t, ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior
    {
        world.Observe(t);
        predecessors.Link(t.Pair, t.NextState);
        Weigh(t.Pair);
        if (queue.Count > 0)
            Sweep();
        return table.At(t.Pair);
    }

    // A call of its own, because the queue of a trained agent is mostly empty.
    [MethodImpl(MethodImplOptions.NoInlining)]
    readonly void Sweep()
    {
        for (int i = 0; i < planningSteps && queue.Count > 0; i++)
        {
            int pair = queue.Pop();
            table.Write<TRow>(pair, table.At(pair) + learningRate * Error(pair));
            for (int before = predecessors.First(pair / TRow.Actions(table.Actions)); before >= 0; before = predecessors.After(before))
                Weigh(before);
        }
    }

    readonly void Weigh(int pair)
    {
        double priority = Math.Abs(Error(pair));
        if (priority > threshold)
            queue.Raise(pair, priority);
    }

    readonly double Error(int pair)
    {
        var result = world[pair];
        return TdErrors.QLearning(table.At(pair), result.Reward, result.IsTerminal ? 0 : discountFactor,
            table.Greatest<TRow>(result.Next));
    }

    public readonly void EndEpisode<TBehavior>(ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior
    {
    }

    public readonly void Save(StateWriter state)
    {
        state.Write<double>("q", table.Values);
        world.Save(state);
        queue.Save(state);
    }

    public readonly void Load(StateReader state)
    {
        state.Read("q", table.Values);
        world.Load(state);
        queue.Load(state);
        predecessors.Rebuild(world);
    }
}
