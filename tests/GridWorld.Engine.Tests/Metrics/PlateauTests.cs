namespace GridWorld.Tests;

public class PlateauTests
{
    [Theory]
    [InlineData(new[] { 3.0, 4 }, new[] { 1.0, 2 }, 4)]               // all pairs
    [InlineData(new[] { 1.0, 3 }, new[] { 2.0, 3 }, 1.5)]             // 3 > 2, and 3 = 3 counts half
    [InlineData(new[] { 1.0, 1 }, new[] { 1.0, 1 }, 2)]               // all ties
    [InlineData(new[] { double.NaN, 5 }, new[] { 1.0, 9 }, 2)]        // no number: two halves; 5 > 1
    public void Wins_are_counted_as_Mann_and_Whitney_count_them(double[] later, double[] earlier, double expected) =>
        Assert.Equal(expected, Plateau.Wins(later, earlier));

    [Theory]
    [InlineData(127, 0, 0)]          // none yet
    [InlineData(128, 128, 8)]
    [InlineData(191, 128, 8)]        // the next is half a stretch later
    [InlineData(192, 192, 8)]
    [InlineData(1023, 960, 8)]
    [InlineData(1024, 1024, 16)]     // from here on twice as long
    [InlineData(1_000_000, 983_040, 8192)] // 15 jumps of 8 · 8192
    public void Stretches_grow_with_the_run_and_jump(long episode, long end, long block) =>
        Assert.Equal(end == 0 ? null : new Stretch(end, block), Stretch.At(episode));

    [Theory]
    [InlineData(0, true)]     // the same forever
    [InlineData(-1, true)]    // worse
    [InlineData(1, false)]    // better
    public void Plateau_is_where_the_return_is_not_better_than_before(int slope, bool expected)
    {
        var history = new EpisodeHistory();
        for (int i = 0; i < 5000; i++)
        {
            history.Current.Put(history.Current.Count, slope * i, 10, true, 0.1, 0.1);
            history.Current.Count++;
            history.Account();
        }

        Assert.Equal(expected, Plateau.IsReached(history, 5000));
        Assert.Equal(expected, Plateau.IsReached(history, 777));
    }
}
