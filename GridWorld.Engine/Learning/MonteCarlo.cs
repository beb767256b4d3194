using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>
/// First-visit Monte Carlo control, on-policy: at the end of an episode, the value of every pair moves toward the return after its first
/// visit. The return of a truncated episode continues with the policy's expected value of the last state. A learning rate that counts pairs
/// counts their first visits, so that 1/n gives the mean of the returns. Sutton and Barto, 2nd ed., section 5.4.
/// </summary>
public sealed record MonteCarlo : LearnerOptions, IBuiltForRows
{
    /// <inheritdoc/>
    public override string Name => "monte-carlo";

    /// <inheritdoc/>
    public override TrainingLoop Build(LoopBuilder loop) => loop.ForRows(this);

    TrainingLoop IBuiltForRows.Build<TRow>(LoopBuilder loop) =>
        loop.For(new MonteCarloLearner<TRow>(loop.NewTable(InitialValue), new(), new(loop.States * loop.Actions),
        new(loop.States * loop.Actions)));
}

internal unsafe struct MonteCarloLearner<TRow>(QTable table, RecentSteps episode, PinnedArray<bool> seen, PinnedArray<int> firstVisits)
    : ILearner
    where TRow : struct, IRow
{
    double learningRate;

    public static bool HasOwnTables => true;

    public static bool WritesRows => true;

    public readonly QTable Values => table;

    public readonly ReadOnlySpan<int> TimesLearned => firstVisits.Span;

    public void Apply(in Hyperparameters hyperparameters) => learningRate = hyperparameters.LearningRate;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly double Learn<TBehavior>(in Transition t, ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior
    {
        bool isFirst = !seen.First[(uint)t.Pair];
        episode.Add(t, learningRate, isFirst);
        seen.First[(uint)t.Pair] = true;
        firstVisits.First[(uint)t.Pair] += isFirst ? 1 : 0;
        if (t.IsLast)
            LearnEpisode(behavior.Expectation(t.NextState, table.Row(t.NextState), Greedy.Of(table.Row(t.NextState))));
        return table.At(t.Pair);
    }

    readonly void LearnEpisode(double valueAtCut)
    {
        double g = valueAtCut;
        var visits = episode.Steps;
        for (int i = visits.Length - 1; i >= 0; i--)
        {
            ref readonly var visit = ref visits[i];
            g = visit.Reward + visit.Discount * g;
            if (!visit.IsFirst)
                continue;
            seen.First[(uint)visit.Pair] = false;
            double q = table.At(visit.Pair);
            table.Write<TRow>(visit.Pair, q + visit.LearningRate * TdErrors.Return(q, g));
        }
    }

    public readonly void EndEpisode<TBehavior>(ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior =>
        episode.Clear();

    public readonly void Save(StateWriter state)
    {
        state.Write<double>("q", table.Values);
        state.Write<int>("first_visits", firstVisits.Span);
    }

    public readonly void Load(StateReader state)
    {
        state.Read("q", table.Values);
        state.Read("first_visits", firstVisits.Span);
        seen.Span.Clear();
        episode.Clear();
    }
}
