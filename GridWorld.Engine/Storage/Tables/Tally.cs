using System.Buffers.Binary;
using System.Globalization;

namespace GridWorld;

/// <summary>The number of rows of a table and the sum of their checksums, which detects missing, outdated and swapped rows.</summary>
internal readonly record struct Tally(long Rows, UInt128 Sum)
{
    public Tally With(byte[] checksum) => new(Rows + 1, unchecked(Sum + Number(checksum)));

    public Tally Without(byte[] checksum) => new(Rows - 1, unchecked(Sum - Number(checksum)));

    /// <summary>The tally of rows whose last value is their checksum.</summary>
    public static Tally Of(IEnumerable<object?[]> rows) =>
        rows.Aggregate(default(Tally), (tally, row) => tally.With((byte[])row[^1]!));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rows} {Sum:x32}");

    public static Tally Parse(string rows, string sum) =>
        new(long.Parse(rows, CultureInfo.InvariantCulture), UInt128.Parse(sum, NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    static UInt128 Number(byte[] checksum) => checksum.Length == Digest.Size ? BinaryPrimitives.ReadUInt128LittleEndian(checksum) : 0;
}
