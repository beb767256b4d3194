namespace GridWorld;

/// <summary>Whether a table has converged to the optimum on every path of its greedy policy.</summary>
internal static class SolvedPlan
{
    // The plan of a world of this size takes an instant; that of a larger one would hold the reader up.
    const int MostStates = 2500;
    const double Tolerance = 1e-6;

    /// <summary>
    /// The expected undiscounted return of an optimal policy under the step limit, where the table's greedy policy is one for good; else null.
    /// That the greedy policy is optimal is not enough: one that learns from chance is so now and then. Its values must have converged, too.
    /// </summary>
    /// <param name="agent">The table.</param>
    /// <param name="tables">The world as it is.</param>
    /// <param name="discount">Discount factor γ.</param>
    /// <param name="stepLimit">The step limit of an episode.</param>
    /// <param name="greatestQ">The greatest |Q|, the scale of the table.</param>
    public static double? Of(AgentSnapshot agent, Mdp tables, double discount, int stepLimit, double greatestQ)
    {
        if (tables.States > MostStates || !double.IsFinite(greatestQ) || Converged(agent, tables, discount, greatestQ * Tolerance) is not { } pairs)
            return null;
        try
        {
            var (plan, expected) = KnownPlans.Of(tables, discount, stepLimit);
            return pairs.TrueForAll(pair => plan.IsBest(pair / tables.Actions, pair % tables.Actions)) ? expected : null;
        }
        catch (InputException)
        {
            // No finite value at this discount factor: there is no optimum.
            return null;
        }
    }

    /// <summary>The pairs that the greedy policy may take from the starts on, where each has the value that its outcomes give it; else null.</summary>
    static List<int>? Converged(AgentSnapshot agent, Mdp tables, double discount, double tolerance)
    {
        int actions = tables.Actions;
        var pairs = new List<int>();
        var met = new bool[tables.States];
        var open = new Stack<int>();
        foreach (var start in tables.Starts)
            Visit(start.State);
        while (open.TryPop(out int state))
        {
            var greedy = Row(state);
            for (int place = 0; place < greedy.Count; place++)
            {
                int action = greedy.At(place), pair = state * actions + action;
                if (agent.Visits[pair] == 0 || Math.Abs(ExpectedTarget.Of(tables, state, action, s => Row(s).Value, discount) - agent.Q[pair]) > tolerance)
                    return null;
                pairs.Add(pair);
                foreach (var outcome in tables.Outcomes(tables.Code(state, action)))
                {
                    if (outcome.End == MoveEnd.None)
                        Visit(state + outcome.Delta);
                }
            }
        }

        return pairs;

        Greedy Row(int state) => Greedy.Of(agent.Q.AsSpan(state * actions, actions));

        void Visit(int state)
        {
            if (!met[state] && !tables.IsTerminal(state))
            {
                met[state] = true;
                open.Push(state);
            }
        }
    }
}
