using CsCheck;

namespace GridWorld.Tests;

public class EpisodeHistoryTests
{
    [Fact]
    public void Every_episode_counts_in_exactly_one_bucket_of_every_view() =>
    Gen.Int[1, 20_000].Select(Gen.Int[1, 300]).Sample((episodes, points) =>
    {
        var (history, returns) = Filled(episodes);

        var view = history.Returns(1, episodes, points);

        Assert.InRange(view.Length, 1, points);
        long next = 1;
        foreach (var bucket in view)
        {
            Assert.Equal(next, bucket.Start);
            var values = returns.AsSpan((int)bucket.Start - 1, (int)bucket.Count).ToArray();
            Assert.Equal(bucket.End - bucket.Start + 1, bucket.Count);
            Assert.Equal(values.Min(), bucket.Min);
            Assert.Equal(values.Max(), bucket.Max);
            Assert.Equal(values.Average(), bucket.Mean, 1e-9);
            Assert.Equal(Math.Sqrt(values.Average(v => (v - values.Average()) * (v - values.Average()))), bucket.Std, 1e-9);
            next = bucket.End + 1;
        }

        Assert.Equal(episodes + 1, next);
    }, iter: 60, threads: 1);

    [Fact]
    public void A_view_of_a_range_is_made_of_the_buckets_that_meet_it()
    {
        var (history, returns) = Filled(10_000);

        var view = history.Returns(5000, 5009, 100);

        Assert.Equal(10, view.Length);
        Assert.Equal(returns[4999], view[0].Mean);
        Assert.Equal((5009, 5009), (view[^1].Start, view[^1].End));
    }

    [Fact]
    public void Old_rows_give_way_to_buckets_and_say_so()
    {
        var (history, returns) = Filled(100_000, keptRows: 8192);

        Assert.InRange(history.OldestRaw, 90_000, 95_000);
        Assert.Empty(history.Records(1, 10).TakeWhile(r => r.Episode < history.OldestRaw));
        var coarse = Assert.Single(history.Returns(1, 10, 100));
        Assert.Equal((1, 64), (coarse.Start, coarse.End));
        Assert.Equal(returns[..64].Average(), coarse.Mean, 1e-12);
        Assert.Equal(returns[^100..].Average(), history.MeanReturn(100)!.Value, 1e-9);
    }

    [Fact]
    public void History_until_an_episode_is_that_of_a_run_that_ended_there() =>
    Gen.Int[1, 30_000].SelectMany(n => Gen.Int[0, n].Select(k => (n, k))).Sample((episodes, until) =>
    {
        var (history, returns) = Filled(episodes, keptRows: 8192);
        var (expected, _) = Filled(until, keptRows: 8192);

        var cut = history.Until(until, (after, last) => [Buffer(returns[(int)after..(int)last])]);

        Assert.Equal(until, cut.Episodes);
        // Coarse enough for buckets: the oldest rows may be kept no more.
        foreach (int points in (int[])[1, 1 + until / 1000, 1 + until / 128])
        {
            Assert.Equal(expected.Returns(1, until, points), cut.Returns(1, until, points));
            Assert.Equal(expected.Lengths(1, until, points), cut.Lengths(1, until, points));
        }

        cut.Add(Buffer(returns[until..]), 0, episodes - until);
        Assert.Equal(history.Returns(1, episodes, 1 + episodes / 128), cut.Returns(1, episodes, 1 + episodes / 128));
    }, iter: 60, threads: 1);

    [Fact]
    public void History_until_an_episode_long_ago_is_put_together_from_the_buckets_that_are_left()
    {
        const int episodes = 9_000_000;
        var (history, returns) = Filled(episodes);
        foreach (int until in (int[])[0, 63, 100_001, 1_234_567, 8_999_999])
        {
            var (expected, _) = Filled(until);

            var cut = history.Until(until, (after, last) => [Buffer(returns[(int)after..(int)last])]);

            foreach (int points in (int[])[1, 10, 100])
                Assert.Equal(expected.Returns(1, until, points), cut.Returns(1, until, points));
            cut.Add(Buffer(returns[until..(until + 1)]), 0, 1);
            Assert.Equal(returns[until], cut.Records(until + 1, 1)[0].Return);
        }
    }

    [Fact]
    public void What_was_stored_gives_the_same_views_again() => Gen.Int[1, 30_000].Sample(episodes =>
    {
        var (history, _) = Filled(episodes, keptRows: 8192);

        var restored = EpisodeHistory.Restore(history.Since(0), episodes, keptRows: 8192);

        Assert.Equal(history.Episodes, restored.Episodes);
        foreach (int points in (int[])[1, 7, 100])
        {
            Assert.Equal(history.Returns(1, episodes, points), restored.Returns(1, episodes, points));
            Assert.Equal(history.Lengths(1, episodes, points), restored.Lengths(1, episodes, points));
        }
    }, iter: 30, threads: 1);

    static int LengthOf(double episodeReturn) => (int)(episodeReturn * 10) + 501;

    static EpisodeBuffer Buffer(double[] returns)
    {
        var buffer = new EpisodeBuffer(returns.Length) { Count = returns.Length };
        returns.CopyTo(buffer.Returns, 0);
        for (int i = 0; i < returns.Length; i++)
            buffer.Lengths[i] = LengthOf(returns[i]);
        return buffer;
    }

    static (EpisodeHistory History, double[] Returns) Filled(int episodes, long keptRows = 1 << 20)
    {
        var history = new EpisodeHistory(keptRows);
        var returns = new double[episodes];
        var (random, _, _) = Rng.Streams(9);
        for (int e = 0; e < episodes; e++)
        {
            var buffer = history.Current;
            int row = buffer.Count++;
            buffer.Returns[row] = returns[e] = random.NextDouble() * 100 - 50;
            buffer.Lengths[row] = LengthOf(returns[e]);
            if (buffer.IsFull || random.Below(50) == 0)
                history.Account();
        }

        history.Account();
        return (history, returns);
    }
}
