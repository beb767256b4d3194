namespace GridWorld;

/// <summary>
/// The exact values of a policy in a deterministic world. Every state points to the next one, so following the pointers leads to a
/// terminal state or into a cycle, and each state is computed once.
/// </summary>
internal static class PointerValues
{
    /// <summary>Follows the pointers of all states whose pointer is an action.</summary>
    /// <param name="pointer">One action per state; negative to keep the value of the state.</param>
    /// <param name="next">The state after an action, −1 for an end.</param>
    /// <param name="reward">The reward of an action.</param>
    /// <param name="discount">Discount factor γ.</param>
    /// <param name="values">
    /// Values: input for states with a negative pointer, output for the others. At discount 1 the states of a cycle get ±∞ by the sign of
    /// its sum, 0 if all its rewards are 0, and NaN if costs and gains cancel, because there is no total.
    /// </param>
    public static void Follow(int[] pointer, Func<int, int, int> next, Func<int, int, double> reward, double discount, double[] values)
    {
        var seen = new bool[pointer.Length];
        var onPath = new bool[pointer.Length];
        var path = new List<int>();
        for (int start = 0; start < pointer.Length; start++)
        {
            path.Clear();
            int state = start;
            while (state >= 0 && !seen[state] && pointer[state] >= 0)
            {
                seen[state] = onPath[state] = true;
                path.Add(state);
                state = next(state, pointer[state]);
            }

            if (state >= 0 && onPath[state])
            {
                int from = path.IndexOf(state);
                values[state] = Cycle(path, from, pointer, reward, discount);
            }

            for (int i = path.Count - 1; i >= 0; i--)
            {
                int s = path[i], to = next(s, pointer[s]);
                onPath[s] = false;
                if (s != state)
                    values[s] = reward(s, pointer[s]) + (to < 0 ? 0 : discount * values[to]);
            }
        }
    }

    static double Cycle(List<int> path, int from, int[] pointer, Func<int, int, double> reward, double discount)
    {
        double sum = 0, factor = 1, size = 0;
        for (int i = from; i < path.Count; i++)
        {
            double r = reward(path[i], pointer[path[i]]);
            sum += factor * r;
            size += Math.Abs(r);
            factor *= discount;
        }

        if (discount < 1)
            return BellmanBackups.Cycle(sum, discount, path.Count - from);
        return size == 0 ? 0 : Math.Abs(sum) <= 1e-13 * size ? double.NaN : sum > 0 ? double.PositiveInfinity : double.NegativeInfinity;
    }
}
