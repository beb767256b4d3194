using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace GridWorld;

/// <summary>
/// Dyna-Q: Q-learning with additional updates from a learned model after every step. Sutton, 1990; Sutton and Barto, 2nd ed., section 8.2.
/// </summary>
public sealed record DynaQ : LearnerOptions, IBuiltForRows
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
    public override TrainingLoop Build(LoopBuilder loop) => loop.ForRows(this);

    TrainingLoop IBuiltForRows.Build<TRow>(LoopBuilder loop) =>
        loop.For(new DynaQLearner<TRow>(loop.NewTable(InitialValue), new(loop.States, loop.Actions), PlanningSteps));
}

internal unsafe struct DynaQLearner<TRow>(QTable table, DynaModel world, int planningSteps) : ILearner where TRow : struct, IRow
{
    // A large table does not fit into the caches. A small one does, and drawing ahead would only keep the processor from overlapping the
    // draws with the updates.
    const int LargeTable = 1 << 17;
    readonly PinnedArray<int> drawn = new(table.States * table.Actions > LargeTable ? 64 : 1);
    double learningRate, discountFactor;

    public readonly QTable Values => table;

    public void Apply(in Hyperparameters hyperparameters) =>
        (learningRate, discountFactor) = (hyperparameters.LearningRate, hyperparameters.DiscountFactor);

    public readonly double Learn<TBehavior>(in Transition t, ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior
    {
        table.At(t.Pair) += learningRate * TdErrors.QLearning(t.Value, t.Reward, t.Discount, t.Next.Value);
        world.Observe(t);
        if (drawn.Span.Length > 1)
            PlanAhead(ref model);
        else
            Plan(ref model);
        return table.At(t.Pair);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    readonly void Plan(ref Rng model)
    {
        // A local that no other method knows, so that its four words stay in registers.
        var random = model;
        var pairs = world.TriedPairs;
        var update = new Update(table.First, world.At(0), table.Actions, learningRate, discountFactor);
        for (int left = planningSteps; left > 0; left--)
            update.Of(pairs.Draw<TRow>(ref random));
        model = random;
    }

    // The draws do not depend on the values. So pairs of a large table are drawn ahead, and their memory is on the way before the updates.
    [MethodImpl(MethodImplOptions.NoInlining)]
    readonly void PlanAhead(ref Rng model)
    {
        var random = model;
        var pairs = world.TriedPairs;
        var update = new Update(table.First, world.At(0), table.Actions, learningRate, discountFactor);
        for (int left = planningSteps; left > 0; left -= drawn.Span.Length)
        {
            var batch = drawn.Span[..Math.Min(left, drawn.Span.Length)];
            foreach (ref int pair in batch)
            {
                pair = pairs.Draw<TRow>(ref random);
                Fetch(world.At(pair));
                Fetch(table.First + (uint)pair);
            }

            foreach (int pair in batch)
                update.Of(pair);
        }

        model = random;
    }

    readonly struct Update(double* values, DynaModel.Result* results, int actions, double learningRate, double discountFactor)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Of(int pair)
        {
            ref readonly var result = ref results[(uint)pair];
            double best = TRow.Greedy(values + (uint)result.Next * (nuint)TRow.Actions(actions), TRow.Actions(actions)).Value;
            ref double q = ref values[(uint)pair];
            q += learningRate * TdErrors.QLearning(q, result.Reward, result.IsTerminal ? 0 : discountFactor, best);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Fetch(void* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(address);
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
