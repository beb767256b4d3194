namespace GridWorld;

/// <summary>How a column lies in a stored chunk.</summary>
internal enum EpisodeCell
{
    /// <summary>Not at all: it follows from the others.</summary>
    Derived,

    /// <summary>As 32-bit whole numbers if all of the chunk's are such numbers, otherwise as doubles.</summary>
    Whole,

    Int32,

    Byte,

    Double,

    /// <summary>With the counts of the actions, if any row of the chunk was sampled.</summary>
    Sampled,
}
