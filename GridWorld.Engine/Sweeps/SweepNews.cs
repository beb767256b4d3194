namespace GridWorld;

/// <summary>What was handed in since the last time.</summary>
internal sealed class SweepNews
{
    public List<SweepOutcome> Outcomes { get; } = [];

    /// <summary>Work to be taken again.</summary>
    public List<SweepUnit> Returned { get; } = [];

    public List<(SweepUnit Unit, long Episode, IReadOnlyList<StateSection> State)> States { get; } = [];

    public bool IsEmpty => Outcomes.Count + Returned.Count + States.Count == 0;
}
