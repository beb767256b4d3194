using System.Numerics;

namespace GridWorld;

/// <summary>
/// Sobol's sequence (1967) in up to 32 dimensions, in Gray code order, 32 bits per coordinate. The direction numbers are the first of
/// "new-joe-kuo-6" (S. Joe and F. Y. Kuo, Constructing Sobol sequences with better two-dimensional projections, SIAM J. Sci. Comput. 30,
/// 2008; https://web.maths.unsw.edu.au/~fkuo/sobol/, copyright 2008 Joe and Kuo). With a seed, each coordinate is scrambled by a random
/// permutation of the digits that depends on the digits before (A. B. Owen, 1995), which keeps the sequence a net.
/// </summary>
internal sealed class SobolSequence
{
    public const int MostDimensions = 32;
    const int Bits = 32;

    // Of dimensions 2 to 32: the polynomial's inner coefficients as bits, and m₁, m₂ …, whose number is the polynomial's degree.
    static readonly uint[][] JoeKuo =
    [
        [0, 1],
        [1, 1, 3],
        [1, 1, 3, 1],
        [2, 1, 1, 1],
        [1, 1, 1, 3, 3],
        [4, 1, 3, 5, 13],
        [2, 1, 1, 5, 5, 17],
        [4, 1, 1, 5, 5, 5],
        [7, 1, 1, 7, 11, 19],
        [11, 1, 1, 5, 1, 1],
        [13, 1, 1, 1, 3, 11],
        [14, 1, 3, 5, 5, 31],
        [1, 1, 3, 3, 9, 7, 49],
        [13, 1, 1, 1, 15, 21, 21],
        [16, 1, 3, 1, 13, 27, 49],
        [19, 1, 1, 1, 15, 7, 5],
        [22, 1, 3, 1, 15, 13, 25],
        [25, 1, 1, 5, 5, 19, 61],
        [1, 1, 3, 7, 11, 23, 15, 103],
        [4, 1, 3, 7, 13, 13, 15, 69],
        [7, 1, 1, 3, 13, 7, 35, 63],
        [8, 1, 3, 5, 9, 1, 25, 53],
        [14, 1, 3, 1, 13, 9, 35, 107],
        [19, 1, 3, 1, 5, 27, 61, 31],
        [21, 1, 1, 5, 11, 19, 41, 61],
        [28, 1, 3, 5, 3, 3, 13, 69],
        [31, 1, 1, 7, 13, 1, 19, 1],
        [32, 1, 3, 7, 5, 13, 19, 59],
        [37, 1, 1, 3, 9, 25, 29, 41],
        [41, 1, 3, 5, 13, 23, 1, 55],
        [42, 1, 3, 7, 3, 13, 59, 17],
    ];

    readonly uint[][] directions;
    readonly ulong[]? scrambles;

    public SobolSequence(int dimensions, ulong? seed = null)
    {
        directions = [.. Enumerable.Range(0, dimensions).Select(Directions)];
        if (seed is { } given)
            scrambles = [.. Enumerable.Range(0, dimensions).Select(d => SearchSeed.Of(given, (ulong)d))];
    }

    /// <summary>A coordinate, in [0, 1), of the point with a number from 0.</summary>
    public double At(uint point, int dimension)
    {
        uint bits = 0;
        for (uint gray = point ^ (point >> 1); gray != 0; gray &= gray - 1)
            bits ^= directions[dimension][BitOperations.TrailingZeroCount(gray)];
        return (scrambles is null ? bits : Scrambled(bits, scrambles[dimension])) * (1.0 / (1UL << Bits));
    }

    // A digit is flipped by a random bit of its own for each of the possible digits before it: "1" and these digits number the bit.
    static uint Scrambled(uint bits, ulong seed)
    {
        uint result = 0;
        for (int digit = 0; digit < Bits; digit++)
        {
            ulong before = (1UL << digit) | ((ulong)bits >> (Bits - digit));
            uint flip = (uint)(SearchSeed.Of(seed, before) >> 63);
            result |= (((bits >> (Bits - 1 - digit)) & 1) ^ flip) << (Bits - 1 - digit);
        }

        return result;
    }

    // Bratley and Fox, 1988: vᵢ = a₁vᵢ₋₁ ⊕ … ⊕ aₛ₋₁vᵢ₋ₛ₊₁ ⊕ vᵢ₋ₛ ⊕ (vᵢ₋ₛ >> s). The first dimension is van der Corput's sequence.
    static uint[] Directions(int dimension)
    {
        var v = new uint[Bits];
        uint[] row = dimension == 0 ? [] : JoeKuo[dimension - 1];
        int degree = row.Length - 1;
        for (int i = 0; i < Bits; i++)
        {
            if (dimension == 0 || i < degree)
            {
                v[i] = (dimension == 0 ? 1 : row[i + 1]) << (Bits - 1 - i);
                continue;
            }

            v[i] = v[i - degree] ^ (v[i - degree] >> degree);
            for (int k = 1; k < degree; k++)
                v[i] ^= ((row[0] >> (degree - 1 - k)) & 1) * v[i - k];
        }

        return v;
    }
}
