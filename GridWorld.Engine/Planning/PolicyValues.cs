using System.Collections.Immutable;

namespace GridWorld;

/// <summary>The values of a policy.</summary>
/// <param name="Values">
/// Value v of each state. At discount 1, −∞ or +∞ if the policy may continue forever at a cost or a gain, and NaN if both are possible.
/// </param>
/// <param name="StartValue">Expectation of the value over the starts; null if it is not finite.</param>
/// <param name="IsProper">
/// Whether the policy reaches a terminal state with probability 1 from the starts. <see cref="PolicyEvaluation.Iterate"/> does not check
/// this and returns true.
/// </param>
/// <param name="Passes">Number of passes over the states; 0 unless the evaluation is iterative.</param>
public sealed record PolicyValues(ImmutableArray<double> Values, double? StartValue, bool IsProper, long Passes = 0);
