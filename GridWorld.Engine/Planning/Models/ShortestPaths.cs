using System.Numerics;
using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>
/// The cheapest paths through a world without chance in which every step has a cost, found by a backward search. Buckets as wide as the
/// cheapest step contain the open states, so the states in the nearest bucket are final and need no order (Dinitz 1978, "Economical
/// algorithms for finding shortest paths in a network"). One object solves many problems on one map; it is not thread-safe.
/// </summary>
public sealed class ShortestPaths
{
    /// <summary>The most buckets, which is the largest ratio of the most expensive to the cheapest step.</summary>
    const int MaxBuckets = 1 << 16;

    /// <summary>The most distinct moves (offset, cost) that have their own bit.</summary>
    const int MaxMoves = 32;

    readonly ExpectedModel model;
    readonly uint[] moves; // for each state, a bit for every move that leads there; a grid has few distinct moves
    readonly int[] delta;
    readonly double[] cost;
    readonly ILookup<int, (int From, double Cost)>? others; // restarts, and moves beyond the first 32
    readonly double[] distance;
    readonly bool[] isFinal;
    readonly Bucket[] buckets;
    readonly double perWidth;
    long level; // of the nearest bucket, whose index is `at`
    int at;

    /// <summary>Prepares the backward search on the tables of a world.</summary>
    /// <exception cref="InputException">The world has chance, a reward of 0 or more, or costs of too different size.</exception>
    public ShortestPaths(Mdp mdp) : this(Checked(mdp))
    {
    }

    internal ShortestPaths(ExpectedModel model)
    {
        this.model = model;
        (moves, distance, isFinal) = (new uint[model.States], new double[model.States], new bool[model.States]);
        perWidth = -1 / model.MaxReward;
        buckets = new Bucket[(int)(model.MinReward / model.MaxReward) + 3];
        var kinds = new List<(int Delta, double Cost)>();
        var kindOf = Array.ConvertAll(model.Reward, _ => -1);
        for (int code = 0; code < kindOf.Length; code++)
        {
            if (model.Deltas(code) is not [var offset] || offset == 0)
                continue;
            var kind = (offset, -model.Reward[code]);
            if (!kinds.Contains(kind) && kinds.Count < MaxMoves)
                kinds.Add(kind);
            kindOf[code] = kinds.IndexOf(kind);
        }

        var rest = new List<(int To, int From, double Cost)>();
        for (int s = 0; s < model.States; s++)
        {
            for (int pair = s * model.Actions, end = pair + model.Actions; pair < end && !model.Terminal[s]; pair++)
            {
                int code = model.Code(pair);
                if (kindOf[code] >= 0)
                    moves[s + kinds[kindOf[code]].Delta] |= 1u << kindOf[code];
                else if (model.Deltas(code) is [not 0 and var offset])
                    rest.Add((s + offset, s, -model.Reward[code]));
                else if (model.Restart[code] > 0)
                    rest.Add((model.Starts[0].State, s, -model.Reward[code]));
            }
        }

        (delta, cost) = ([.. kinds.Select(k => k.Delta)], [.. kinds.Select(k => k.Cost)]);
        others = rest.Count == 0 ? null : rest.ToLookup(r => r.To, r => (r.From, r.Cost));
    }

    /// <summary>Whether this algorithm can solve the tables.</summary>
    internal static bool Suits(ExpectedModel model) =>
        model.IsDeterministic && model.Discount == 1 && model.MaxReward < 0 && model.MinReward / model.MaxReward < MaxBuckets;

    /// <summary>Returns the cost of the cheapest path between two states that are not terminal; null if there is no path.</summary>
    /// <param name="start">State at which the path starts.</param>
    /// <param name="goal">State at which the path ends.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="InputException">A state does not exist or is terminal.</exception>
    /// <exception cref="OperationCanceledException">The operation was canceled.</exception>
    public double? Cost(int start, int goal, CancellationToken cancellationToken = default)
    {
        new Faults()
            .Require(start >= 0 && start < model.States && !model.Terminal[start],
                $"The start must be a nonterminal state between 0 and {model.States - 1} (got {start}).")
            .Require(goal >= 0 && goal < model.States && !model.Terminal[goal],
                $"The goal must be a nonterminal state between 0 and {model.States - 1} (got {goal}).")
            .ThrowIfAny();
        Clear();
        Reach(goal, 0);
        Run(start, cancellationToken);
        return double.IsFinite(distance[start]) ? distance[start] : null;
    }

    /// <summary>The cost of the cheapest path from every state to an end; ∞ if there is no path.</summary>
    internal double[] ToEnds(CancellationToken cancellationToken)
    {
        Clear();
        for (int s = 0; s < distance.Length; s++)
        {
            // Tables can lead into a terminal state by an ordinary move.
            if (model.Terminal[s])
                Reach(s, 0);
            for (int pair = s * model.Actions, end = pair + model.Actions; pair < end && !model.Terminal[s]; pair++)
            {
                int code = model.Code(pair);
                if (model.End[code] > 0)
                    Reach(s, -model.Reward[code]);
            }
        }

        Run(-1, cancellationToken);
        return distance;
    }

    static ExpectedModel Checked(Mdp mdp)
    {
        ArgumentNullException.ThrowIfNull(mdp);
        var model = new ExpectedModel(mdp, 1);
        new Faults().Require(mdp.Sticky == 0 && model.IsDeterministic, "Shortest paths require a world without chance. Use Planner.Solve.")
            .Require(model.MaxReward < 0,
                $"Shortest paths require a cost on every step (got a reward of {model.MaxReward}). Use Planner.Solve.")
            .Require(!(model.MaxReward < 0) || model.MinReward / model.MaxReward < MaxBuckets,
                $"The most expensive step must cost less than {MaxBuckets} times the cheapest "
                + $"(got rewards of {model.MinReward} and {model.MaxReward}). Use Planner.Solve.")
            .ThrowIfAny();
        return model;
    }

    void Clear()
    {
        Array.Fill(distance, double.PositiveInfinity);
        Array.Clear(isFinal);
        (level, at) = (0, 0);
        foreach (ref var bucket in buckets.AsSpan())
            bucket.Count = 0;
    }

    void Run(int stopAt, CancellationToken cancellationToken)
    {
        for (int empty = 0; empty < buckets.Length; at = at + 1 == buckets.Length ? 0 : at + 1, level++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ref var bucket = ref buckets[at];
            empty = bucket.Count == 0 ? empty + 1 : 0;
            while (bucket.Count > 0)
            {
                int state = bucket.States[--bucket.Count];
                if (isFinal[state])
                    continue;
                isFinal[state] = true;
                double here = distance[state];
                for (uint left = moves[state]; left != 0; left &= left - 1)
                {
                    int move = BitOperations.TrailingZeroCount(left), from = state - delta[move];
                    Reach(from, here + cost[move]);
                }

                if (others is null)
                    continue;
                foreach (var (from, price) in others[state])
                    Reach(from, here + price);
            }

            if (stopAt >= 0 && isFinal[stopAt])
                return;
        }
    }

    // A distance on the edge of two buckets may be rounded into the nearer one. If it improves there, the state is processed again.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Reach(int state, double newDistance)
    {
        if (newDistance >= distance[state])
            return;
        distance[state] = newDistance;
        isFinal[state] = false;
        int place = at + (int)((long)(newDistance * perWidth) - level);
        buckets[place >= buckets.Length ? place - buckets.Length : place].Push(state);
    }

    struct Bucket
    {
        public int[] States;
        public int Count;

        public void Push(int state)
        {
            States ??= new int[64];
            if (Count == States.Length)
                Array.Resize(ref States, 2 * Count);
            States[Count++] = state;
        }
    }
}
