namespace GridWorld.Tests;

/// <summary>
/// An independent solver for small processes without restarts: dense elimination, and every policy improved until none is better.
/// </summary>
static class SmallSolver
{
    /// <summary>The values of a policy that ends, or is discounted: π(a|s) as a function.</summary>
    public static double[] Values(Mdp mdp, Func<int, int, double> policy, double discount, Func<double, double>? reward = null)
    {
        int n = mdp.States;
        var rows = new double[n][];
        for (int s = 0; s < n; s++)
        {
            var row = rows[s] = new double[n + 1];
            row[s] = 1;
            for (int a = 0; a < mdp.Actions && !mdp.IsTerminal(s); a++)
            {
                for (int k = 0; k < mdp.OutcomesPerPair; k++)
                {
                    double p = policy(s, a) * mdp.Probability(s, a, k);
                    row[n] += p * (reward?.Invoke(mdp.Reward(s, a, k)) ?? mdp.Reward(s, a, k));
                    if (p > 0 && !IsEnd(mdp, s, a, k))
                        row[mdp.Next(s, a, k)] -= discount * p;
                }
            }
        }

        return Eliminate(rows);
    }

    /// <summary>
    /// v* of a process in which every policy ends or is discounted at some point, by policy iteration from a policy that ends.
    /// </summary>
    public static double[] Optimum(Mdp mdp, double discount, int[] policy)
    {
        while (true)
        {
            var values = Values(mdp, (s, a) => policy[s] == a ? 1 : 0, discount);
            bool improved = false;
            for (int s = 0; s < mdp.States; s++)
            {
                for (int a = 0; a < mdp.Actions && !mdp.IsTerminal(s); a++)
                {
                    double now = Action(mdp, values, s, policy[s], discount), other = Action(mdp, values, s, a, discount);
                    if (other - now > 1e-12 * Math.Abs(now))
                        (policy[s], improved) = (a, true);
                }
            }

            if (!improved)
                return values;
        }
    }

    public static double Action(Mdp mdp, double[] values, int state, int action, double discount) =>
        Enumerable.Range(0, mdp.OutcomesPerPair).Sum(k =>
        mdp.Probability(state, action,
        k) * (mdp.Reward(state, action, k) + (IsEnd(mdp, state, action, k) ? 0 : discount * values[mdp.Next(state, action, k)])));

    static bool IsEnd(Mdp mdp, int state, int action, int outcome) =>
        mdp.Ends(state, action, outcome) || mdp.IsTerminal(mdp.Next(state, action, outcome));

    static double[] Eliminate(double[][] rows)
    {
        int n = rows.Length;
        for (int pivot = 0; pivot < n; pivot++)
        {
            int best = Enumerable.Range(pivot, n - pivot).MaxBy(r => Math.Abs(rows[r][pivot]));
            (rows[pivot], rows[best]) = (rows[best], rows[pivot]);
            for (int r = 0; r < n; r++)
            {
                double factor = r == pivot ? 0 : rows[r][pivot] / rows[pivot][pivot];
                for (int c = pivot; c <= n && factor != 0; c++)
                    rows[r][c] -= factor * rows[pivot][c];
            }
        }

        return [.. rows.Select((row, i) => row[n] / row[i])];
    }
}
