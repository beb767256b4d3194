namespace GridWorld;

/// <summary>The exact value of a policy.</summary>
/// <param name="Values">v of each state: −∞ (or +∞) where the policy may continue forever at a cost (or a gain) at discount 1, NaN where both.</param>
/// <param name="StartValue">Expectation over the starts; null where it is not finite.</param>
/// <param name="IsProper">Whether the policy reaches an end with probability 1 from the starts.</param>
/// <param name="Passes">Passes over the states of an iterative evaluation; 0 for a direct one.</param>
public sealed record PolicyValues(double[] Values, double? StartValue, bool IsProper, long Passes = 0);
