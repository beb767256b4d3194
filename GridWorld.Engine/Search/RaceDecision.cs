namespace GridWorld;

/// <summary>The state of a comparison by seeds.</summary>
public enum RaceDecision
{
    /// <summary>The scores do not differ significantly yet. Run another seed.</summary>
    Undecided,

    /// <summary>The challenger is significantly better, or is not significantly worse after the last seed.</summary>
    Keep,

    /// <summary>The challenger is significantly worse. Its remaining seeds need not run.</summary>
    Drop,
}
