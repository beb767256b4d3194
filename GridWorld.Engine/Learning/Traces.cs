namespace GridWorld;

/// <summary>The effect of a visit on the trace of a (state, action).</summary>
public enum Traces
{
    /// <summary>A visit adds 1. Sutton and Barto, 2nd ed., eq. 12.5.</summary>
    Accumulating,

    /// <summary>A visit sets the trace to 1. Singh and Sutton, 1996; Sutton and Barto, 2nd ed., section 12.5.</summary>
    Replacing,
}
