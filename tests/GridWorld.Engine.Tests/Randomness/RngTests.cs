namespace GridWorld.Tests;

public class RngTests
{
    // The vectors of the rand_xoshiro crate, made with the authors' C program from the state 1, 2, 3, 4.
    [Fact]
    public void Xoshiro_gives_its_authors_numbers()
    {
        var random = new Rng(1, 2, 3, 4);

        Assert.Equal([11520, 0, 1509978240, 1215971899390074240, 1216172134540287360, 607988272756665600, 16172922978634559625,
            8476171486693032832,
            10595114339597558777, 2904607092377533576], Enumerable.Range(0, 10).Select(_ => random.Next()));
    }

    [Fact]
    public void Seed_fills_the_streams_with_split_mix_words_in_order()
    {
        // SplitMix64(1234567), as Rosetta Code and the crates print it.
        Assert.Equal((6457827717110365317ul, 3203168211198807973ul, 9817491932198370423ul, 4593380528125082431ul),
            Rng.Streams(1234567).Behavior.State);
        Assert.Equal(16408922859458223821, Rng.Streams(1234567).World.State.S0);
        Assert.Equal((0xe220a8397b1dcdaful, 0x6e789e6aa1b965f4ul, 0x06c45d188009454ful, 0xf88bb8a8724c81ecul),
            Rng.Streams(0).Behavior.State);
    }

    [Fact]
    public void Below_is_the_high_word_of_draw_times_count()
    {
        Rng random = new(1, 2, 3, 4), raw = random;

        for (int count = 1; count < 500; count++)
            Assert.Equal((int)(ulong)((UInt128)raw.Next() * (ulong)count >> 64), random.Below(count));
    }

    [Theory]
    [InlineData(0, 0ul)]
    [InlineData(1, ulong.MaxValue)]
    [InlineData(0.5, 1ul << 63)]
    [InlineData(0.1, 1844674407370955264ul)] // 0.1·2⁶⁴ in doubles
    public void Threshold_is_the_probability_times_the_largest_draw_in_doubles(double probability, ulong expected) =>
        Assert.Equal(expected, Rng.Threshold(probability));

    [Fact]
    public void Four_zeros_are_no_state() =>
        Assert.Equal("The state of a generator cannot be four zeros.", Assert.Throws<InputException>(() => new Rng(0, 0, 0, 0)).Message);
}
