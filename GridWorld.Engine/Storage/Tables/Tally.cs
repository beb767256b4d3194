using System.Buffers.Binary;
using System.Globalization;

namespace GridWorld;

/// <summary>
/// The number of rows of a table and the sum of their checksums, modulo 2¹²⁸, which detects missing, outdated and swapped rows. The sum is
/// in two words, because code that uses <see cref="UInt128"/> cannot be compiled ahead of time.
/// </summary>
/// <param name="Rows">Number of rows.</param>
/// <param name="High">The high word of the sum.</param>
/// <param name="Low">The low word of the sum.</param>
internal sealed record Tally(long Rows, ulong High, ulong Low)
{
    public static Tally None { get; } = new(0, 0, 0);

    public Tally With(byte[] checksum)
    {
        var (high, low) = Words(checksum);
        ulong sum = unchecked(Low + low);
        return new(Rows + 1, unchecked(High + high + (sum < low ? 1UL : 0)), sum);
    }

    public Tally Without(byte[] checksum)
    {
        var (high, low) = Words(checksum);
        return new(Rows - 1, unchecked(High - high - (Low < low ? 1UL : 0)), unchecked(Low - low));
    }

    /// <summary>The tally of rows whose last value is their checksum.</summary>
    public static Tally Of(IEnumerable<object?[]> rows) =>
        rows.Aggregate(None, (tally, row) => tally.With((byte[])row[^1]!));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rows} {High:x16}{Low:x16}");

    /// <param name="rows">The number of rows.</param>
    /// <param name="sum">The sum, 32 hexadecimal digits.</param>
    public static Tally Parse(string rows, string sum) =>
        new(long.Parse(rows, CultureInfo.InvariantCulture), Word(sum[..16]), Word(sum[16..]));

    static (ulong High, ulong Low) Words(byte[] checksum) => checksum.Length == Digest.Size
        ? (BinaryPrimitives.ReadUInt64LittleEndian(checksum.AsSpan(8)), BinaryPrimitives.ReadUInt64LittleEndian(checksum)) : (0, 0);

    static ulong Word(string digits) => ulong.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
