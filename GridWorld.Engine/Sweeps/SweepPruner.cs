namespace GridWorld;

/// <summary>How a sweep ends trials early.</summary>
public enum SweepPruner
{
    /// <summary>Every trial trains all its episodes.</summary>
    None,

    /// <summary>Synchronous successive halving over the number of episodes.</summary>
    Halving,

    /// <summary>Hyperband over the number of episodes.</summary>
    Hyperband,

    /// <summary>A trial ends if it is significantly worse than the best one after some of its seeds.</summary>
    Racing,
}
