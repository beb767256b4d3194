namespace GridWorld;

/// <summary>
/// Dyna-Q: Q-learning with additional updates from a learned model after every step. Sutton, 1990; Sutton and Barto, 2nd ed., section 8.2.
/// </summary>
public sealed record DynaQ : LearnerOptions
{
    /// <inheritdoc/>
    public override string Name => "dyna-q";

    /// <summary>
    /// Number n of planning steps after every real step, from 0 to 10,000. Default 10: Sutton and Barto, 2nd ed., example 8.2.
    /// </summary>
    public int PlanningSteps { get; init; } = 10;

    /// <inheritdoc/>
    protected override IEnumerable<LearnerSetting> OwnSettings =>
    [
        LearnerSetting.Whole("planning_steps", "updates from the model after every step", 0, 10_000,
            (DynaQ o) => o.PlanningSteps, (o, v) => o with { PlanningSteps = v }),
    ];

    /// <inheritdoc/>
    public override TrainingLoop Build(LoopBuilder loop) => loop.Actions switch
    {
        4 => Build<FourActions>(loop),
        8 => Build<EightActions>(loop),
        _ => Build<AnyActions>(loop),
    };

    TrainingLoop Build<TRow>(LoopBuilder loop) where TRow : struct, IRow =>
        loop.For(new DynaQLearner<TRow>(loop.NewTable(InitialValue), new(loop.States, loop.Actions), PlanningSteps));
}

internal unsafe struct DynaQLearner<TRow>(QTable table, DynaModel world, int planningSteps) : ILearner where TRow : struct, IRow
{
    double learningRate, discountFactor;

    public readonly QTable Values => table;

    public void Apply(in Hyperparameters hyperparameters) =>
        (learningRate, discountFactor) = (hyperparameters.LearningRate, hyperparameters.DiscountFactor);

    public readonly double Learn<TBehavior>(in Transition t, ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior
    {
        table.At(t.Pair) += learningRate * TdErrors.QLearning(t.Value, t.Reward, t.Discount, t.Next.Value);
        world.Observe(t);
        Plan(ref model);
        return table.At(t.Pair);
    }

    // The draws do not depend on the values, so a copy of the generator stays in registers and runs ahead of the updates.
    readonly void Plan(ref Rng model)
    {
        var random = model;
        double* values = table.First;
        nuint actions = (nuint)TRow.Actions(table.Actions);
        for (int i = 0; i < planningSteps; i++)
        {
            int pair = world.Draw(ref random);
            var result = world[pair];
            double best = TRow.Greedy(values + (uint)result.Next * actions, (int)actions).Value;
            ref double q = ref values[(uint)pair];
            q += learningRate * TdErrors.QLearning(q, result.Reward, result.IsTerminal ? 0 : discountFactor, best);
        }

        model = random;
    }

    public readonly void EndEpisode<TBehavior>(ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior
    {
    }

    public readonly void Save(StateWriter state)
    {
        state.Write<double>("q", table.Values);
        world.Save(state);
    }

    public readonly void Load(StateReader state)
    {
        state.Read("q", table.Values);
        world.Load(state);
    }
}
