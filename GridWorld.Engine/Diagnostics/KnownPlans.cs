using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>Caches the last few solutions of each world in use, so that viewing a run and its past solves the world once.</summary>
internal static class KnownPlans
{
    const int MostOfAWorld = 2;
    static readonly ConditionalWeakTable<Mdp, List<Known>> all = [];

    /// <summary>
    /// The plan, and the expected undiscounted return of its policy under a step limit. Concurrent callers wait for one solution.
    /// </summary>
    /// <exception cref="InputException">There is no finite value at this discount factor, or not enough memory.</exception>
    public static (Plan Plan, double ExpectedReturn) Of(Mdp mdp, double discountFactor, int stepLimit)
    {
        var known = all.GetOrCreateValue(mdp);
        lock (known)
        {
            if (known.Find(k => k.Plan.DiscountFactor == discountFactor && k.StepLimit == stepLimit) is { Plan: { } plan } found)
                return (plan, found.ExpectedReturn);
            if (PlanMemory.Refusal(mdp) is { } why)
                throw new InputException(why);
            plan = Planner.Solve(mdp, discountFactor);
            double expected = FiniteHorizon.ExpectedReturn(mdp, StationaryPolicy.Optimal(plan), stepLimit);
            if (known.Count == MostOfAWorld)
                known.RemoveAt(0);
            known.Add(new(plan, stepLimit, expected));
            return (plan, expected);
        }
    }

    sealed record Known(Plan Plan, int StepLimit, double ExpectedReturn);
}
