namespace GridWorld;

/// <summary>Derives seeds from a seed and a number, so that the decision about one trial needs no generator of another.</summary>
internal static class SearchSeed
{
    /// <summary>A seed of its own for each number: the finalizer of SplitMix64 (Steele, Lea and Flood, 2014), applied twice.</summary>
    public static ulong Of(ulong seed, ulong number) => Mix(Mix(seed + 0x9e3779b97f4a7c15) ^ (number * 0x9e3779b97f4a7c15 + 1));

    /// <summary>The generator of a number.</summary>
    public static Rng Generator(ulong seed, ulong number) => Rng.Streams(Of(seed, number)).Behavior;

    static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
}
