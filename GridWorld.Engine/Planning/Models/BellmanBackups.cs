namespace GridWorld;

/// <summary>Expected updates of a state or a (state, action) pair, one method per equation.</summary>
internal static class BellmanBackups
{
    /// <summary>Returns the value of an action, Σ p·(r + γ·v(s′)). Sutton and Barto, 2nd ed., eq. 4.6.</summary>
    /// <param name="probability">Probability p of each outcome.</param>
    /// <param name="reward">Reward r of each outcome.</param>
    /// <param name="discount">Discount factor γ.</param>
    /// <param name="nextValue">Value v(s′) after each outcome; 0 if the episode ends.</param>
    public static double ActionValue(ReadOnlySpan<double> probability, ReadOnlySpan<double> reward, double discount,
        ReadOnlySpan<double> nextValue)
    {
        double sum = 0;
        for (int k = 0; k < probability.Length; k++)
            sum += probability[k] * (reward[k] + discount * nextValue[k]);
        return sum;
    }

    /// <summary>Returns the optimal value of a state, max q(s,·). Sutton and Barto, 2nd ed., eq. 4.10.</summary>
    public static double Optimal(ReadOnlySpan<double> q)
    {
        double best = double.NegativeInfinity;
        foreach (double value in q)
            best = value > best ? value : best;
        return best;
    }

    /// <summary>Returns the value of a state under a policy, Σ π(a|s)·q(s,a). Sutton and Barto, 2nd ed., eq. 4.4.</summary>
    public static double Expected(ReadOnlySpan<double> policy, ReadOnlySpan<double> q)
    {
        double sum = 0;
        for (int a = 0; a < q.Length; a++)
            sum += policy[a] == 0 ? 0 : policy[a] * q[a];
        return sum;
    }

    /// <summary>
    /// Returns the best value of a state among ε-soft policies, (1 − ε)·max q(s,·) + ε·mean q(s,·). Sutton and Barto, 2nd ed., section 5.4.
    /// </summary>
    public static double Soft(ReadOnlySpan<double> q, double epsilon)
    {
        double sum = 0;
        foreach (double value in q)
            sum += value;
        return (1 - epsilon) * Optimal(q) + epsilon / q.Length * sum;
    }

    /// <summary>
    /// Returns the return of repeating a cycle of k steps forever: (r₁ + γ·r₂ + … + γᵏ⁻¹·rₖ) / (1 − γᵏ). Sutton and Barto, 2nd ed., eq.
    /// 3.8.
    /// </summary>
    public static double Cycle(double discountedSum, double discount, int length) => discountedSum / (1 - Math.Pow(discount, length));
}
