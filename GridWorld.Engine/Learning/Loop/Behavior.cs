namespace GridWorld;

/// <summary>The policy that acts while a learner learns.</summary>
public enum Behavior
{
    /// <summary>A greedy action, but a random one with probability ε.</summary>
    EpsilonGreedy,

    /// <summary>Every action, with a probability proportional to e^(Q/τ).</summary>
    Softmax,

    /// <summary>The action with the greatest upper confidence bound: its value plus a bonus for few visits.</summary>
    Ucb,
}
