namespace GridWorld;

/// <summary>Sets up and solves the equations of a policy over some states, given the values of all others.</summary>
internal static class PolicySystem
{
    /// <summary>
    /// Solves for <paramref name="rows"/> (increasing) and writes their values into <paramref name="values"/>, which contains the values of
    /// all other states. Returns a bound on the relative error, 0 for a direct solution.
    /// </summary>
    public static double Solve(ExpectedModel model, StationaryPolicy policy, int[] rows, double[] values, int[]? order, double tolerance,
        bool warm, CancellationToken cancellationToken)
    {
        var chain = Build(model, policy, rows, values);
        var rowOrder = order is null
            ? null
            : Array.FindAll(Array.ConvertAll(order, s => s < model.States ? chain.RowOf(s) : -1), row => row >= 0);
        if (rowOrder?.Length != rows.Length)
            rowOrder = null;
        var guess = warm ? Array.ConvertAll(rows, s => values[s]) : null;
        var x = ChainSolver.Solve(chain, rowOrder, model.Discount, tolerance, guess, cancellationToken);
        for (int row = 0; row < rows.Length; row++)
            values[rows[row]] = x[row];
        return ChainSolver.IsDirect(chain) ? 0 : tolerance;
    }

    /// <summary>The equations of the policy for the rows.</summary>
    public static LinearChain Build(ExpectedModel model, StationaryPolicy policy, int[] rows, double[] values)
    {
        var chain = new LinearChain(rows, model.States);
        var merged = new List<(int State, double Weight)>();
        for (int row = 0; row < rows.Length; row++)
        {
            int state = rows[row];
            merged.Clear();
            for (int a = 0; a < model.Actions; a++)
            {
                double p = policy[state, a];
                if (p == 0)
                    continue;
                int code = model.Code(state * model.Actions + a);
                chain.Constant[row] += p * model.Reward[code];
                chain.Restart[row] += p * model.Discount * model.Restart[code];
                chain.Exit[row] += p * (1 - model.Discount + model.Discount * (model.Restart[code] + model.End[code]));
                var deltas = model.Deltas(code);
                var chances = model.Chances(code);
                for (int k = 0; k < deltas.Length; k++)
                    Merge(merged, state + deltas[k], p * model.Discount * chances[k]);
            }

            foreach (var (next, weight) in merged)
            {
                if (chain.RowOf(next) >= 0)
                {
                    chain.Add(next, weight);
                    continue;
                }

                chain.Constant[row] += weight * values[next];
                chain.Exit[row] += weight;
            }

            chain.EndRow(row);
        }

        chain.Seal();
        foreach (var (state, p) in model.Starts)
        {
            if (chain.RowOf(state) is >= 0 and var row)
                chain.Starts[row] += p;
            else
                chain.OtherStarts += p * values[state];
        }

        return chain;
    }

    static void Merge(List<(int State, double Weight)> merged, int state, double weight)
    {
        for (int i = 0; i < merged.Count; i++)
        {
            if (merged[i].State == state)
            {
                merged[i] = (state, merged[i].Weight + weight);
                return;
            }
        }

        merged.Add((state, weight));
    }
}
