namespace GridWorld;

/// <summary>
/// Which actions of a greedy policy count as optimal: those tied with the best. At discount 1, where standing still may be tied too, only
/// those of states from which the policy may end, or from which no optimal policy is sure to.
/// </summary>
/// <param name="plan">The truth.</param>
/// <param name="ends">For each state whether the greedy policy may end from there; asked for at discount 1 only.</param>
internal sealed class OptimalityRule(Plan plan, Func<bool[]> ends)
{
    readonly Lazy<bool[]> mayEnd = new(ends);

    /// <summary>The rule for the greedy policy of a table, in which of equal values the first is greedy.</summary>
    public static OptimalityRule Of(Plan plan, double[] q) => new(plan, () => GreedyWalk.EndsOf(plan, StationaryPolicy.FirstBest(q, plan.Mdp.Actions)));

    public bool IsOptimal(int state, int action) =>
        plan.IsTied(state, action) && (plan.DiscountFactor < 1 || mayEnd.Value[state] || !plan.CanEnd(state));
}
