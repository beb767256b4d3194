namespace GridWorld;

/// <summary>A start state and its probability.</summary>
/// <param name="State">The state.</param>
/// <param name="Probability">In (0, 1].</param>
public readonly record struct StartState(int State, double Probability);
