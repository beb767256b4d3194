namespace GridWorld;

/// <summary>The greedy action among several equally good ones.</summary>
public enum TieBreaking
{
    /// <summary>One of them, uniformly at random.</summary>
    Random,

    /// <summary>The first in action order.</summary>
    First,
}
