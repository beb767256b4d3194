using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>The temporal-difference errors, one pure function an equation.</summary>
internal static class TdErrors
{
    /// <summary>R + γ·max Q(S′,·) − Q(S,A). Sutton and Barto, 2nd ed., eq. 6.8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double QLearning(double q, double reward, double discount, double greatestNext) => reward + discount * greatestNext - q;
}
