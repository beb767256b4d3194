namespace GridWorld;

/// <summary>Judges a Q-table by the exact solution of a world that is solved in an instant.</summary>
internal static class SolvedPlan
{
    // Solving a world of this size takes an instant; solving a larger one would delay the reader.
    const int MostStates = 2500;
    const double Tolerance = 1e-6;

    /// <summary>
    /// The expected undiscounted return of an optimal policy under the step limit if the greedy policy of the Q-table is permanently
    /// optimal; otherwise null. An optimal greedy policy is not enough, because in a world with chance it can be optimal by accident. The
    /// values must also have converged.
    /// </summary>
    /// <param name="agent">The Q-table.</param>
    /// <param name="tables">The tables of the current map.</param>
    /// <param name="discount">Discount factor γ.</param>
    /// <param name="stepLimit">The step limit of an episode.</param>
    /// <param name="greatestQ">The greatest |Q|, the scale of the table.</param>
    public static double? Of(AgentSnapshot agent, Mdp tables, double discount, int stepLimit, double greatestQ)
    {
        if (tables.States > MostStates || !double.IsFinite(greatestQ)
            || Converged(agent, tables, discount, greatestQ * Tolerance) is not { } pairs)
            return null;
        try
        {
            var (plan, expected) = KnownPlans.Of(tables, discount, stepLimit);
            return pairs.TrueForAll(pair => plan.IsBest(pair / tables.Actions, pair % tables.Actions)) ? expected : null;
        }
        catch (InputException)
        {
            // Without a finite value at this discount factor, there is no optimum.
            return null;
        }
    }

    /// <summary>
    /// The exact discounted value of the greedy policy of a Q-table at the start; null if the world is too large to be solved in an
    /// instant, or if the value is not finite.
    /// </summary>
    public static double? GreedyValue(Mdp tables, ReadOnlySpan<double> q, double discount, int stepLimit)
    {
        if (tables.States > MostStates)
            return null;
        try
        {
            return DistanceToOptimum.Of(KnownPlans.Of(tables, discount, stepLimit).Plan, q).GreedyValue;
        }
        catch (InputException)
        {
            return null;
        }
    }

    /// <summary>The pairs that the greedy policy can take from the starts if each value agrees with its outcomes; otherwise null.</summary>
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
                if (agent.Visits[pair] == 0
                    || Math.Abs(ExpectedTarget.Of(tables, state, action, s => Row(s).Value, discount) - agent.Q[pair]) > tolerance)
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
