using System.Buffers.Binary;
using System.Globalization;
using CsCheck;

namespace GridWorld.Tests;

public class TallyTests
{
    static readonly Gen<byte[]> checksums = Gen.OneOf(Gen.Byte, Gen.Const((byte)0), Gen.Const((byte)255)).Array[Digest.Size];

    // The framework's 128-bit integers are the reference.
    [Fact]
    public void Sum_is_modulo_2_to_the_128_and_survives_its_text() => Gen.Select(checksums.Array[0, 8], checksums.Array[0, 8])
        .Sample((come, gone) =>
        {
            var tally = gone.Aggregate(come.Aggregate(Tally.None, (t, c) => t.With(c)), (t, c) => t.Without(c));

            UInt128 sum = 0;
            foreach (byte[] checksum in come)
                sum += BinaryPrimitives.ReadUInt128LittleEndian(checksum);
            foreach (byte[] checksum in gone)
                sum -= BinaryPrimitives.ReadUInt128LittleEndian(checksum);
            Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{come.Length - gone.Length} {sum:x32}"), tally.ToString());
            Assert.Equal(tally, Tally.Parse(tally.ToString().Split(' ')[0], tally.ToString().Split(' ')[1]));
        }, iter: 300);
}
