using System.Collections.Immutable;

namespace GridWorld;

/// <summary>
/// Decides which actions of a greedy policy are optimal: those tied with the best. At discount 1, actions that never reach the end can also
/// be tied; there the policy must also be able to end from the state, unless no optimal policy ends from it with probability 1.
/// </summary>
/// <param name="plan">The exact solution.</param>
/// <param name="ends">Returns for each state whether the greedy policy can end from there; called only at discount 1.</param>
internal sealed class OptimalityRule(Plan plan, Func<bool[]> ends)
{
    readonly Lazy<bool[]> mayEnd = new(ends);

    /// <summary>The rule for the greedy policy of a table. Of equal values, the first is greedy.</summary>
    public static OptimalityRule Of(Plan plan, ImmutableArray<double> q) =>
        new(plan, () => GreedyWalk.EndsOf(plan, StationaryPolicy.FirstBest(q.AsSpan(), plan.Mdp.Actions)));

    public bool IsOptimal(int state, int action) =>
        plan.IsTied(state, action) && (plan.DiscountFactor < 1 || mayEnd.Value[state] || !plan.CanEnd(state));
}
