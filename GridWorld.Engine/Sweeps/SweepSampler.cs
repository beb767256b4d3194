namespace GridWorld;

/// <summary>How a sweep chooses the settings of its trials.</summary>
public enum SweepSampler
{
    /// <summary>All combinations of choices and integers.</summary>
    Grid,

    /// <summary>Independent random points.</summary>
    Random,

    /// <summary>Scrambled points of Sobol's sequence.</summary>
    Sobol,

    /// <summary>The tree-structured Parzen estimator, which learns from the trials before.</summary>
    Tpe,
}
