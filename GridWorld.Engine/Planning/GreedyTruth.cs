namespace GridWorld;

/// <summary>How far the greedy policy of a table of action values is from the truth.</summary>
/// <param name="GreedyValue">Its exact discounted value, expected over the starts; null where it is not finite: at discount 1, where the policy may continue forever at a cost.</param>
/// <param name="OptimalValue">The optimum.</param>
/// <param name="OptimalActionShare">Of the states that can be reached and are no end, the share whose greedy action is optimal.</param>
/// <param name="IsProper">Whether the greedy policy reaches an end with probability 1 from the starts.</param>
public sealed record GreedyTruth(double? GreedyValue, double OptimalValue, double OptimalActionShare, bool IsProper)
{
    /// <summary>Optimal minus greedy value, at least 0; null where there is no greedy value.</summary>
    public double? OptimalityGap => GreedyValue is { } value ? Math.Max(0, OptimalValue - value) : null;

    /// <summary>
    /// Judges a table. A greedy action counts as optimal when it is tied with the best (<see cref="Plan.Tie"/>); at discount 1, where standing still
    /// may be tied too, only if the greedy policy does not stand still forever where an optimal one would not. Of equal values the first is greedy.
    /// </summary>
    /// <param name="plan">The truth, of the same tables.</param>
    /// <param name="q">One value a (state, action), [state × actions + action].</param>
    /// <param name="cancellationToken">Ends the work by an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="InputException">The table is for another number of states or actions.</exception>
    public static GreedyTruth Of(Plan plan, ReadOnlySpan<double> q, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        int entries = plan.Mdp.States * plan.Mdp.Actions;
        new Faults().Require(q.Length == entries, $"The table must have states × actions = {entries} entries (got {q.Length}).").ThrowIfAny();
        var greedy = StationaryPolicy.FirstBest(q, plan.Mdp.Actions);
        var walk = plan.Model.IsDeterministic
            ? GreedyWalk.Follow(plan, greedy)
            : GreedyWalk.Solve(plan, greedy, cancellationToken);
        return new(walk.Value, plan.StartValue, Share(plan, greedy, new(plan, () => walk.Ends), cancellationToken), walk.IsProper);
    }

    static double Share(Plan plan, int[] greedy, OptimalityRule rule, CancellationToken cancellation)
    {
        long optimal = 0, all = 0;
        var reachable = plan.Reachable;
        for (int s = 0; s < greedy.Length; s++)
        {
            if (s % 65536 == 0)
                cancellation.ThrowIfCancellationRequested();
            if (!reachable[s] || plan.Mdp.IsTerminal(s))
                continue;
            all++;
            optimal += rule.IsOptimal(s, greedy[s]) ? 1 : 0;
        }

        return all == 0 ? 1 : (double)optimal / all;
    }
}
