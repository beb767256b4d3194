namespace GridWorld;

/// <summary>In which order value iteration takes the states.</summary>
public enum ValueIterationOrder
{
    /// <summary>All at once: every update reads the values of the pass before (Sutton and Barto, 2nd ed., eq. 4.10).</summary>
    Synchronous,

    /// <summary>One after the other in order of their numbers, each update reading the newest values (Gauss–Seidel; section 4.5).</summary>
    InPlace,

    /// <summary>In place, nearest to an end first (Wingate and Seppi 2005, "Prioritization methods for accelerating MDP solvers").</summary>
    Backward,

    /// <summary>Always the state whose value would change most (Moore and Atkeson 1993, "Prioritized sweeping").</summary>
    Prioritized,
}
