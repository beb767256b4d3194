namespace GridWorld;

/// <summary>The result of greedy episodes without learning.</summary>
/// <param name="Episodes">Number of episodes.</param>
/// <param name="SuccessRate">Share of episodes that ended in a goal, in [0, 1].</param>
/// <param name="MeanReturn">Mean undiscounted return.</param>
/// <param name="StdReturn">Standard deviation of the return, with divisor n.</param>
/// <param name="MeanLength">Mean number of steps.</param>
public sealed record EvaluationResult(int Episodes, double SuccessRate, double MeanReturn, double StdReturn, double MeanLength);
