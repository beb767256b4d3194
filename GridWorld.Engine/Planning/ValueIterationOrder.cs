namespace GridWorld;

/// <summary>The order in which value iteration updates the states.</summary>
public enum ValueIterationOrder
{
    /// <summary>All at once: every update reads the values of the previous pass (Sutton and Barto, 2nd ed., eq. 4.10).</summary>
    Synchronous,

    /// <summary>One by one in order of their numbers; every update reads the newest values (Gauss–Seidel; section 4.5).</summary>
    InPlace,

    /// <summary>
    /// In place, nearest to a terminal state first (Wingate and Seppi 2005, "Prioritization methods for accelerating MDP solvers").
    /// </summary>
    Backward,

    /// <summary>Always the state whose value would change the most (Moore and Atkeson 1993, "Prioritized sweeping").</summary>
    Prioritized,
}
