using CsCheck;

namespace GridWorld.Tests;

public sealed class PackedColumnTests
{
    static readonly Gen<double> AnyNumber = Gen.OneOf(Gen.Double.Special, Gen.Double,
        Gen.OneOf(new[] { 0.0, -0.0, 255, 256, -1, short.MaxValue, short.MinValue,
        short.MaxValue + 1.0, int.MaxValue, int.MinValue, int.MaxValue + 1.0, 0.1 }.Select(Gen.Const).ToArray()));

    static readonly Gen<double> Small = Gen.Int[-300, 300].Select(i => (double)i), Byte = Gen.Int[0, 255].Select(i => (double)i);

    [Fact]
    public void Every_column_comes_back_to_the_last_bit_whatever_was_packed_before() =>
        Gen.Select(Column(), Column()).Sample((before, column) =>
        {
            var packed = new PackedColumn();
            packed.Pack(before);
            packed.Pack(column);
            var back = new double[column.Length];
            packed.Unpack(back);

            Assert.Equal(column.Select(BitConverter.DoubleToInt64Bits), back.Select(BitConverter.DoubleToInt64Bits));
        }, iter: 1000);

    [Theory]
    [InlineData(8, 0.1, 0.1)]
    [InlineData(64 * 1, 13, 255)]
    [InlineData(64 * 2, -13, 300)]
    [InlineData(64 * 4, -13, 40_000)]
    [InlineData(64 * 8, 0.1, 0.2)]
    public void Column_takes_the_memory_of_the_narrowest_type_once(int bytes, double first, double others)
    {
        var (packed, column) = (new PackedColumn(), Enumerable.Repeat(others, 64).ToArray());
        column[0] = first;
        packed.Pack(column);
        packed = default;

        long before = GC.GetAllocatedBytesForCurrentThread();
        packed.Pack(column);
        long once = GC.GetAllocatedBytesForCurrentThread() - before;
        packed.Pack(column);
        long twice = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.InRange(once, bytes, bytes + 32);
        Assert.Equal(once, twice);
    }

    static Gen<double[]> Column() =>
        Gen.OneOf(AnyNumber.Array[1, 30], Small.Array[1, 30], Byte.Array[1, 30], AnyNumber.Select(v => Enumerable.Repeat(v, 9).ToArray()));
}
