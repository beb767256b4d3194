namespace GridWorld;

/// <summary>
/// Dyna-Q+: Dyna-Q with a bonus κ·√τ for a pair that was not tried for τ steps. An action that was never tried in a visited state is
/// modeled as leading back to the state with reward 0. Sutton and Barto, 2nd ed., section 8.3.
/// </summary>
public sealed record DynaQPlus : LearnerOptions
{
    /// <inheritdoc/>
    public override string Name => "dyna-q-plus";

    /// <summary>
    /// Number n of planning steps after every real step, from 0 to 10,000. Default 10: Sutton and Barto, 2nd ed., example 8.2.
    /// </summary>
    public int PlanningSteps { get; init; } = 10;

    /// <summary>
    /// Weight κ of the bonus, in reward per √step, in [0, 1]. Default 0.001, "a small κ": Sutton and Barto, 2nd ed., section 8.3.
    /// </summary>
    public Schedule Kappa { get; init; } = 0.001;

    /// <inheritdoc/>
    protected override IEnumerable<LearnerSetting> OwnSettings =>
    [
        LearnerSetting.Whole("planning_steps", "updates from the model after every step", 0, 10_000,
            (DynaQPlus o) => o.PlanningSteps, (o, v) => o with { PlanningSteps = v }),
        LearnerSetting.Schedule("kappa", "weight of the bonus for what was not tried lately", 0, 1,
            (DynaQPlus o) => o.Kappa, (o, s) => o with { Kappa = s }),
    ];

    /// <inheritdoc/>
    public override TrainingLoop Build(LoopBuilder loop) =>
        loop.For(new DynaQPlusLearner(loop.NewTable(InitialValue), new(loop.States, loop.Actions), new long[loop.States * loop.Actions + 1],
        PlanningSteps));
}

/// <remarks>The last entry of <paramref name="lastTried"/> is the number of steps so far; the others are the steps at which pairs were last
/// tried.</remarks>
internal struct DynaQPlusLearner(QTable table, DynaModel world, long[] lastTried, int planningSteps) : ILearner
{
    double learningRate, discountFactor, kappa;

    public readonly QTable Values => table;

    public void Apply(in Hyperparameters hyperparameters) =>
        (learningRate, discountFactor, kappa) = (hyperparameters.LearningRate, hyperparameters.DiscountFactor, hyperparameters["kappa"]);

    public readonly double Learn<TBehavior>(in Transition t, ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior
    {
        table.At(t.Pair) += learningRate * TdErrors.QLearning(t.Value, t.Reward, t.Discount, t.Next.Value);
        world.Observe(t);
        long now = ++lastTried[^1];
        lastTried[t.Pair] = now;
        for (int i = 0; i < planningSteps; i++)
        {
            int state = world.Visited(model.Below(world.VisitedStates)), action = model.Below(table.Actions), pair = state * table.Actions
                + action;
            var result = (world.Tried(state) >> action & 1) != 0 ? world[pair] : new(0, state);
            ref double q = ref table.At(pair);
            q += learningRate * TdErrors.QLearning(q, result.Reward + kappa * Math.Sqrt(now - lastTried[pair]),
                result.IsTerminal ? 0 : discountFactor, Greedy.Of(table.Row(result.Next)).Value);
        }

        return table.At(t.Pair);
    }

    public readonly void EndEpisode<TBehavior>(ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior
    {
    }

    public readonly void Save(StateWriter state)
    {
        state.Write<double>("q", table.Values);
        state.Write<long>("last_tried", lastTried);
        world.Save(state);
    }

    public readonly void Load(StateReader state)
    {
        state.Read("q", table.Values);
        long[] steps = state.Read<long>("last_tried", lastTried.Length);
        state.ReadChecked<long>("last_tried", steps.Length, step => step >= 0 && step <= steps[^1]).CopyTo(lastTried, 0);
        world.Load(state);
    }
}
