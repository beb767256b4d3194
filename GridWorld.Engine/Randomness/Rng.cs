using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace GridWorld;

/// <summary>
/// The random number generator xoshiro256** (Blackman and Vigna, 2018). It is a value type whose whole state is four words.
/// Pass it by reference: a copy draws the same numbers as the original.
/// </summary>
public struct Rng : IEquatable<Rng>
{
    ulong s0, s1, s2, s3;

    /// <summary>Creates a generator in the given state.</summary>
    /// <exception cref="InputException">All four words are 0, the only state that xoshiro cannot leave.</exception>
    public Rng(ulong s0, ulong s1, ulong s2, ulong s3)
    {
        if ((s0 | s1 | s2 | s3) == 0)
            throw new InputException("The state of a generator cannot be four zeros.");
        (this.s0, this.s1, this.s2, this.s3) = (s0, s1, s2, s3);
    }

    /// <summary>Creates the behavior, world and model streams of a seed: words 1–4, 5–8 and 9–12 of SplitMix64(seed).</summary>
    internal static (Rng Behavior, Rng World, Rng Model) Streams(ulong seed) =>
        (FromSplitMix(ref seed), FromSplitMix(ref seed), FromSplitMix(ref seed));

    /// <summary>The whole state, four words.</summary>
    internal readonly (ulong S0, ulong S1, ulong S2, ulong S3) State => (s0, s1, s2, s3);

    /// <summary>Draws the next 64 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Next()
    {
        ulong result = BitOperations.RotateLeft(s1 * 5, 7) * 9, t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = BitOperations.RotateLeft(s3, 45);
        return result;
    }

    /// <summary>
    /// Draws a number from 0 to <paramref name="count"/> − 1: the high word of draw × count (Lemire 2019, without rejection).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Below(int count) => Below(Next(), count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Below(ulong draw, int count) =>
        (int)(Bmi2.X64.IsSupported ? Bmi2.X64.MultiplyNoFlags(draw, (uint)count) : Math.BigMul(draw, (uint)count, out _));

    /// <summary>Draws a number in [0, 1), a multiple of 2⁻⁵³.</summary>
    public double NextDouble() => Fraction(Next());

    internal static double Fraction(ulong draw) => (draw >> 11) * (1.0 / (1UL << 53));

    /// <summary>Returns the threshold below which a draw counts as an event of the given probability in [0, 1].</summary>
    public static ulong Threshold(double probability) =>
        probability >= 1 ? ulong.MaxValue : probability > 0 ? (ulong)(probability * ulong.MaxValue) : 0;

    /// <inheritdoc/>
    public readonly bool Equals(Rng other) => State == other.State;

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is Rng other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => State.GetHashCode();

    /// <summary>Returns whether both generators are in the same state.</summary>
    public static bool operator ==(Rng left, Rng right) => left.Equals(right);

    /// <summary>Returns whether the states of the generators differ.</summary>
    public static bool operator !=(Rng left, Rng right) => !left.Equals(right);

    static Rng FromSplitMix(ref ulong x) => new(SplitMix(ref x), SplitMix(ref x), SplitMix(ref x), SplitMix(ref x));

    // SplitMix64 (Steele, Lea and Flood, 2014): its outputs seed xoshiro, as that generator's authors advise.
    static ulong SplitMix(ref ulong x)
    {
        ulong z = x += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
}
