namespace GridWorld;

/// <summary>A possible result of an action, as in Gymnasium's <c>P</c>.</summary>
internal readonly record struct TableOutcome(double Probability, int NextState, double Reward, bool Terminated);
