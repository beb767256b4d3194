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
    public override TrainingLoop Build(LoopBuilder loop) =>
        loop.For(new DynaQLearner(loop.NewTable(InitialValue), new(loop.States, loop.Actions), PlanningSteps));
}

internal struct DynaQLearner(QTable table, DynaModel world, int planningSteps) : ILearner
{
    double learningRate, discountFactor;

    public readonly QTable Values => table;

    public void Apply(in Hyperparameters hyperparameters) =>
        (learningRate, discountFactor) = (hyperparameters.LearningRate, hyperparameters.DiscountFactor);

    public readonly double Learn<TBehavior>(in Transition t, ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior
    {
        table.At(t.Pair) += learningRate * TdErrors.QLearning(t.Value, t.Reward, t.Discount, t.Next.Value);
        world.Observe(t);
        for (int i = 0; i < planningSteps; i++)
        {
            var (state, action) = world.Draw(ref model);
            int pair = state * table.Actions + action;
            var (reward, next, isTerminal) = world[pair];
            ref double q = ref table.At(pair);
            q += learningRate * TdErrors.QLearning(q, reward, isTerminal ? 0 : discountFactor, Greedy.Of(table.Row(next)).Value);
        }

        return table.At(t.Pair);
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
