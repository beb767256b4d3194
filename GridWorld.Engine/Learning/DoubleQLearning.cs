using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>
/// Double Q-learning: two tables, each of which evaluates the other's greedy action, to avoid maximization bias. It acts on their mean.
/// van Hasselt, 2010; Sutton and Barto, 2nd ed., section 6.7.
/// </summary>
public sealed record DoubleQLearning : LearnerOptions, IBuiltForRows
{
    /// <inheritdoc/>
    public override string Name => "double-q-learning";

    /// <inheritdoc/>
    public override TrainingLoop Build(LoopBuilder loop) => loop.ForRows(this);

    TrainingLoop IBuiltForRows.Build<TRow>(LoopBuilder loop)
    {
        var (mean, both) = (loop.NewTable(InitialValue), new QTable(loop.States, loop.Actions * 2));
        for (int s = 0; s < loop.States; s++)
        {
            mean.Row(s).CopyTo(both.Row(s));
            mean.Row(s).CopyTo(both.Row(s)[loop.Actions..]);
        }

        return loop.For(new DoubleQLearner<TRow>(mean, both));
    }
}

/// <param name="mean">The Q-table that the behavior acts on.</param>
/// <param name="both">The two tables, with the two rows of a state next to each other in memory, so that one address finds both.</param>
internal unsafe struct DoubleQLearner<TRow>(QTable mean, QTable both) : ILearner where TRow : struct, IRow
{
    readonly double* rows = both.First;
    readonly int actions = mean.Actions;
    double learningRate;

    public static bool ChangesOneEntry => true;

    public static bool HasOwnTables => true;

    public readonly QTable Values => mean;

    public void Apply(in Hyperparameters hyperparameters) => learningRate = hyperparameters.LearningRate;

    // A fair coin, the top bit of a draw, selects the table that learns. Arithmetic swaps the places in the row, because a branch on a coin
    // could not be predicted.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly double Learn<TBehavior>(in Transition t, ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior
    {
        nuint n = (nuint)TRow.Actions(actions), learns = (nuint)(model.Next() >> 63) * n, values = n - learns;
        double* here = rows + (nuint)(uint)t.State * (2 * n), next = rows + (nuint)(uint)t.NextState * (2 * n);
        double q = here[learns + (uint)t.Action], nextInOther = next[values + (uint)TRow.Greedy(next + learns, (int)n).First];
        q += learningRate * TdErrors.DoubleQ(q, t.Reward, t.Discount, nextInOther);
        TRow.Replace(here + learns, (int)n, t.Action, q);
        return (q + here[values + (uint)t.Action]) * 0.5;
    }

    public readonly void EndEpisode<TBehavior>(ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior
    {
    }

    public readonly void Save(StateWriter state)
    {
        state.Write<double>("q", mean.Values);
        Copy(state.Room<double>("q1", mean.Values.Length), 0, toRows: false);
        Copy(state.Room<double>("q2", mean.Values.Length), actions, toRows: false);
    }

    public readonly void Load(StateReader state)
    {
        state.Read("q", mean.Values);
        Copy(state.Read<double>("q1", mean.Values.Length), 0, toRows: true);
        Copy(state.Read<double>("q2", mean.Values.Length), actions, toRows: true);
    }

    // Copies between one of the tables, as it is saved, and its half of every row.
    readonly void Copy(Span<double> table, int half, bool toRows)
    {
        for (int s = 0; s < mean.States; s++)
        {
            var part = table.Slice(s * actions, actions);
            var row = both.Row(s).Slice(half, actions);
            if (toRows)
                part.CopyTo(row);
            else
                row.CopyTo(part);
        }
    }
}
