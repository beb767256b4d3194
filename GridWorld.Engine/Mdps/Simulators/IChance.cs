namespace GridWorld;

/// <summary>Selects one of a pair's alternatives.</summary>
internal interface IChance<TSelf>
{
    /// <summary>Number of places for the alternatives of a pair, a power of 2.</summary>
    static abstract int Places { get; }

    static abstract TSelf Of(Mdp mdp);

    uint Draw(ref Rng world);
}
