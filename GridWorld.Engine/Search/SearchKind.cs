namespace GridWorld;

/// <summary>How the values of a <see cref="SearchParameter"/> are distributed.</summary>
public enum SearchKind
{
    /// <summary>One of a list, all equally likely.</summary>
    Choice,

    /// <summary>Uniform between two bounds.</summary>
    Uniform,

    /// <summary>A number whose logarithm is uniform between the logarithms of two bounds.</summary>
    LogUniform,

    /// <summary>A whole number between two bounds, which are both included.</summary>
    Integer,
}
