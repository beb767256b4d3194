using Microsoft.Data.Sqlite;

namespace GridWorld.Tests;

public sealed class MetricTablesTests : IDisposable
{
    readonly SqliteConnection connection = new("Data Source=:memory:");

    public MetricTablesTests()
    {
        connection.Open();
        using var schema = new StreamReader(typeof(World).Assembly.GetManifestResourceStream("schema.sql")!);
        connection.Run(schema.ReadToEnd());
    }

    static EpisodeBuffer Rows(long first, int count, bool sampled = false)
    {
        var rows = new EpisodeBuffer(count);
        for (int i = 0; i < count; i++)
        {
            rows.Returns[i] = (first + i) * (sampled ? 0.1 : -1);
            rows.Lengths[i] = (int)(first + i) % 77;
            rows.Terminated[i] = (first + i) % 3 == 0 ? 1 : 0;
            rows.Epsilons[i] = 1.0 / (first + i);
            rows.LearningRates[i] = 0.1;
            if (sampled && i % 2 == 0)
                rows.Sample(i, i / 3.0, [i, 1, 2, 3]);
        }

        rows.Count = count;
        return rows;
    }

    static IEnumerable<string> Texts(long first, EpisodeBuffer rows) => Enumerable.Range(0, rows.Count)
        .Select(i => rows.Record(first, i)).Select(r => $"{r with { ActionCounts = null }} {string.Join(",", r.ActionCounts ?? [])}");

    [Theory]
    [InlineData(1, false)]
    [InlineData(100, true)]
    [InlineData(1024, false)]
    [InlineData(3000, true)]
    public void Episodes_come_back_however_they_were_added(int atOnce, bool sampled)
    {
        var all = Rows(1, 5000, sampled);
        for (int from = 0; from < all.Count; from += atOnce)
        {
            var part = new EpisodeBuffer(Math.Min(atOnce, all.Count - from));
            part.CopyFrom(all, from, part.Capacity);
            EpisodeTable.Append(connection, from, part);
        }

        Assert.Equal(Texts(1, all), Texts(1, EpisodeTable.Read(connection, 0, 5000, 10_000).Rows));
        Assert.Equal(Texts(1, all), Texts(1, EpisodeTable.ReadLast(connection, 5000, 5000).Rows));
        Assert.Equal((4321, 17),
            (EpisodeTable.Read(connection, 4321, 5000, 17).FirstIndex, EpisodeTable.Read(connection, 4321, 5000, 17).Rows.Count));
        Assert.Equal(3000, EpisodeTable.ReadLast(connection, 4000, 1000).FirstIndex);
        Assert.Equal(5L, connection.One("SELECT count(*) FROM episodes"));
    }

    [Fact]
    public void Gap_parts_the_episodes()
    {
        EpisodeTable.Append(connection, 0, Rows(1, 100));
        EpisodeTable.Append(connection, 3000, Rows(3001, 1000));

        Assert.Equal((0L, 100),
            (EpisodeTable.Read(connection, 0, 4000, 5000).FirstIndex, EpisodeTable.Read(connection, 0, 4000, 5000).Rows.Count));
        Assert.Equal((3000L, 1000),
            (EpisodeTable.Read(connection, 200, 4000, 5000).FirstIndex, EpisodeTable.Read(connection, 200, 4000, 5000).Rows.Count));
        Assert.Equal((3000L, 1000),
            (EpisodeTable.ReadLast(connection, 4000, 5000).FirstIndex, EpisodeTable.ReadLast(connection, 4000, 5000).Rows.Count));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1024)]
    [InlineData(1700)]
    public void Truncated_episodes_are_gone(int kept)
    {
        EpisodeTable.Append(connection, 0, Rows(1, 2000));

        EpisodeTable.Truncate(connection, kept);

        Assert.Equal(Texts(1, Rows(1, kept)), Texts(1, EpisodeTable.Read(connection, 0, 2000, 2000).Rows));
    }

    [Theory]
    [InlineData(100_000, 100_000)]
    [InlineData(100_000, 77_777)]
    [InlineData(100_000, 64)]
    [InlineData(40_000, 63)]
    public void History_comes_back_as_it_was_at_any_episode(int episodes, int at)
    {
        var history = new EpisodeHistory();
        var random = Rng.Streams(5).World;
        long handedOver = 0;
        var then = new EpisodeHistory();
        var all = Rows(1, episodes);
        for (int from = 0; from < episodes;)
        {
            int count = Math.Min(episodes - from, 1 + random.Below(9000));
            history.Add(all, from, count);
            then.Add(all, from, Math.Clamp(at - from, 0, count));
            from += count;
            var delta = history.Since(handedOver);
            EpisodeTable.Append(connection, delta.FirstRow - 1, delta.Rows);
            foreach (var level in delta.Levels)
                BucketTable.Append(connection, level);
            handedOver = from;
        }

        var read = StoredRun.ReadHistory(connection, at);
        EpisodeTable.Truncate(connection, at);
        BucketTable.Truncate(connection, at);
        var truncated = StoredRun.ReadHistory(connection, at);

        foreach (var stored in (EpisodeHistory[])[read, truncated])
        {
            foreach (int points in (int[])[1, 10, 300, 5000])
                Assert.Equal(then.Returns(1, at, points), stored.Returns(1, at, points));
            Assert.Equal(then.Lengths(at / 2, at, 77), stored.Lengths(at / 2, at, 77));
            Assert.Equal(then.Records(1, at), stored.Records(1, at));
        }
    }

    public void Dispose() => connection.Dispose();
}
