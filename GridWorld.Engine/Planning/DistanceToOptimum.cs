namespace GridWorld;

/// <summary>The exact comparison of the greedy policy of a Q-table with the optimum.</summary>
/// <param name="GreedyValue">
/// Exact discounted value of the greedy policy, expected over the starts. Null if the value is not finite, which is possible at discount 1
/// if the policy may continue forever at a cost.
/// </param>
/// <param name="OptimalValue">Optimal discounted value, expected over the starts.</param>
/// <param name="OptimalActionShare">Share, in [0, 1], of the reachable nonterminal states whose greedy action is optimal.</param>
/// <param name="IsProper">Whether the greedy policy reaches a terminal state with probability 1 from the starts.</param>
public sealed record DistanceToOptimum(double? GreedyValue, double OptimalValue, double OptimalActionShare, bool IsProper)
{
    /// <summary>The episode of the run after which it was computed; null if the table is not that of a run.</summary>
    public long? Episode { get; init; }

    /// <summary>The number of steps that the run had taken; null if the table is not that of a run.</summary>
    public long? Step { get; init; }

    /// <summary>Optimal minus greedy value, at least 0; null if the greedy value is null.</summary>
    public double? OptimalityGap => GreedyValue is { } value ? Math.Max(0, OptimalValue - value) : null;

    /// <summary>
    /// Compares a Q-table with the optimum. A greedy action is optimal if it is tied with the best action (<see cref="Plan.Tie"/>). At
    /// discount 1, actions that never reach the end can also be tied; there the greedy policy must also be able to end from the state,
    /// unless no optimal policy ends from it with probability 1. Of equal values, the first is greedy.
    /// </summary>
    /// <param name="plan">The exact solution of the same tables.</param>
    /// <param name="q">One value per (state, action), indexed by state × actions + action.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="InputException">The table has another number of states or actions.</exception>
    /// <exception cref="OperationCanceledException">The operation was canceled.</exception>
    public static DistanceToOptimum Of(Plan plan, ReadOnlySpan<double> q, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        int entries = plan.Mdp.States * plan.Mdp.Actions;
        new Faults().Require(q.Length == entries, $"The table must have states × actions = {entries} entries (got {q.Length}).")
            .ThrowIfAny();
        var greedy = StationaryPolicy.FirstBest(q, plan.Mdp.Actions);
        var walk = plan.Model.IsDeterministic
            ? GreedyWalk.Follow(plan, greedy)
            : GreedyWalk.Solve(plan, greedy, cancellationToken);
        return new(walk.Value, plan.StartValue, Share(plan, greedy, new(plan, () => walk.Ends), cancellationToken), walk.IsProper);
    }

    static double Share(Plan plan, int[] greedy, OptimalityRule rule, CancellationToken cancellationToken)
    {
        long optimal = 0, all = 0;
        var reachable = plan.Reachable;
        for (int s = 0; s < greedy.Length; s++)
        {
            if (s % 65536 == 0)
                cancellationToken.ThrowIfCancellationRequested();
            if (!reachable[s] || plan.Mdp.IsTerminal(s))
                continue;
            all++;
            optimal += rule.IsOptimal(s, greedy[s]) ? 1 : 0;
        }

        return all == 0 ? 1 : (double)optimal / all;
    }
}
