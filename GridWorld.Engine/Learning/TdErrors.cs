using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>The temporal-difference errors, one pure function per equation.</summary>
internal static class TdErrors
{
    /// <summary>R + γ·max Q(S′,·) − Q(S,A). Sutton and Barto, 2nd ed., eq. 6.8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double QLearning(double q, double reward, double discount, double greatestNext) => reward + discount * greatestNext - q;

    /// <summary>R + γ·Q(S′,A′) − Q(S,A). Sutton and Barto, 2nd ed., eq. 6.7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sarsa(double q, double reward, double discount, double next) => reward + discount * next - q;

    /// <summary>R + γ·Σ π(a|S′)·Q(S′,a) − Q(S,A). Sutton and Barto, 2nd ed., eq. 6.9.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ExpectedSarsa(double q, double reward, double discount, double expectedNext) =>
    reward + discount * expectedNext - q;

    /// <summary>R + γ·Q₂(S′, argmax Q₁(S′,·)) − Q₁(S,A). van Hasselt, 2010; Sutton and Barto, 2nd ed., eq. 6.10.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double DoubleQ(double q1, double reward, double discount, double nextInOther) => reward + discount * nextInOther - q1;

    /// <summary>G − Q(S,A): the error of a Monte Carlo or n-step return. Sutton and Barto, 2nd ed., eqs. 6.1 and 7.5.</summary>
    public static double Return(double q, double discountedReturn) => discountedReturn - q;

    /// <summary>R + γ·(Σ_{a≠A} π(a|S)·Q(S,a) + π(A|S)·G): one branch of the tree. Sutton and Barto, 2nd ed., eq. 7.16.</summary>
    public static double TreeBackup(double reward, double discount, ReadOnlySpan<double> policy, ReadOnlySpan<double> q, int action,
        double treeReturn)
    {
        double others = 0;
        for (int a = 0; a < q.Length; a++)
            others += a == action ? 0 : policy[a] * q[a];
        return reward + discount * (others + policy[action] * treeReturn);
    }
}
