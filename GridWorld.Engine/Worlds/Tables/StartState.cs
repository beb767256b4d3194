namespace GridWorld;

/// <summary>A start state and its probability.</summary>
/// <param name="State">Number of the state.</param>
/// <param name="Probability">Probability that an episode starts in the state, in (0, 1].</param>
public readonly record struct StartState(int State, double Probability);
