namespace GridWorld.Cluster;

/// <summary>A piece of work that a worker has.</summary>
/// <param name="unit">Which one.</param>
/// <param name="work">What is trained.</param>
/// <param name="state">From where it goes on; null for the beginning.</param>
internal sealed class Piece(UnitId unit, SeedWork work, IReadOnlyList<StateSection>? state)
{
    volatile bool isAbandoned;

    public UnitId Unit => unit;

    public SeedWork Work => work;

    public IReadOnlyList<StateSection>? State => state;

    public bool IsAbandoned => isAbandoned;

    public void Abandon() => isAbandoned = true;
}
