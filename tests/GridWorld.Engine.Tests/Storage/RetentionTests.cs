using Microsoft.Data.Sqlite;

namespace GridWorld.Tests;

public sealed class RetentionTests : IDisposable
{
    // The long form has the budgets as they are.
    static readonly long Episodes = Long.Count("endless", 1_500_000, 1_000_000_000);
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Named_and_newest_stay_and_what_lies_close_together_goes()
    {
        var (kept, _) = Keep(new() { Newest = 2 }, stepsPerSecond: 1000,
            [.. Enumerable.Range(1, 30).Select(i => (Step: i * 4L, Name: i == 7 ? "seven" : null))]);

        // 10 ms are 10 steps: of those 4 apart every other one may go, but the named one and the newest two.
        Assert.Contains(28, kept);
        Assert.Equal([116, 120], kept[^2..]);
        Assert.All(kept.Zip(kept.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 4, 10));
        Assert.InRange(kept.Count, 13, 20);
    }

    [Fact]
    public void Checkpoint_between_two_that_are_as_far_apart_as_they_may_be_goes() => Assert.Equal([10, 20, 30], Keep(
        new() { Newest = 1 }, stepsPerSecond: 1000, [.. Enumerable.Range(1, 6).Select(i => (Step: i * 5L, Name: (string?)null))]).Steps);

    [Fact]
    public void Beyond_the_budget_gaps_grow_with_age()
    {
        var (kept, bytes) = Keep(new() { Budget = 24 * 1000 }, stepsPerSecond: 1,
            [.. Enumerable.Range(1, 1000).Select(i => (Step: i * 1000L, Name: i == 100 ? "hundred" : null))]);

        Assert.InRange(bytes, 20_000, 25_000); // the named one does not count
        Assert.Contains(100_000, kept);
        Assert.Equal([997_000, 998_000, 999_000, 1_000_000], kept[^4..]);
        var gaps = kept.Where(step => step != 100_000).ToList() is var steps
            ? steps.Zip(steps.Skip(1), (a, b) => (double)(b - a) / (1_001_000 - a)).ToList() : [];
        Assert.All(gaps, relative => Assert.InRange(relative, 0, 0.7));
    }

    [Fact]
    public void Even_the_newest_fit_the_budget_but_two()
    {
        var (kept, bytes) = Keep(new() { Budget = 1500 }, stepsPerSecond: 1,
            [.. Enumerable.Range(1, 20).Select(i => (Step: i * 1000L, Name: (string?)null))]);

        Assert.Equal([19_000, 20_000], kept);
        Assert.InRange(bytes, 1900, 2100);
    }

    [Fact]
    public void Pages_that_neighbors_share_count_once_and_for_as_long_as_one_uses_them()
    {
        using var connection = Empty();
        var ledger = PageLedger.Read(connection);
        byte[] same = Noise(1, 65_536);
        CheckpointPages? before = null;
        var all = new List<StoredCheckpoint>();
        for (int i = 1; i <= 3; i++)
        {
            var checkpoint = new Checkpoint(i, i, 0, [new("q", [.. same, .. Noise((ulong)(1 + i), 100)])]);
            all.Add(CheckpointTable.Write(connection, ledger, before = CheckpointPages.Of(checkpoint, before), checkpoint, default));
        }

        Assert.InRange(ledger.Bytes, 65_536 + 300, 66_500);
        CheckpointTable.Remove(connection, ledger, [all[0].Id]);
        Assert.InRange(ledger.Bytes, 65_536 + 200, 66_300);
        Assert.Equal(3L, connection.One("SELECT count(*) FROM page"));
        Assert.Equal(ledger.Bytes, connection.One("SELECT sum(length(data)) FROM page"));
        Assert.Equal(ledger.Bytes, PageLedger.Read(connection).Bytes);
        CheckpointTable.Remove(connection, ledger, [all[1].Id, all[2].Id]);
        Assert.Equal((0L, 0L), (ledger.Bytes, connection.One("SELECT count(*) FROM page")));
    }

    /// <summary>
    /// Everything that a run of so many episodes writes, without the run: rows that hardly pack, and tables that change throughout.
    /// </summary>
    [Fact]
    public void File_of_a_run_of_any_length_stays_within_the_budgets()
    {
        bool isLong = Episodes >= 100_000_000;
        var retention = isLong ? new Retention() : new() { Rows = 100_000, RowBytes = 1 << 20, Budget = 4 << 20 };
        var specification = new RunSpecification(Worlds.Empty(10, 10), new QLearning(), Episodes: null);
        var header = new RunHeader("fed", "fed", DateTimeOffset.UnixEpoch, specification, new(100, false, 0));
        var progress = new StoredProgress(RunState.Training, 0, 0, null, 1e6, null,
            new() { Epsilon = 0.1, LearningRate = 0.1, DiscountFactor = 0.99 }, null, null, 1);
        var store = RunStore.Create(folder.Path, header, progress, [new(1, "fed", 0, RunEventKind.RunStarted, DateTimeOffset.UnixEpoch)],
            TimeProvider.System, retention: retention);
        var (history, random) = (new EpisodeHistory(), Rng.Streams(5).World);
        const int atOnce = 1 << 14;
        var rows = new EpisodeBuffer(atOnce) { Count = atOnce };
        long most = 0, handedOver = 0;
        while (history.Episodes < Episodes)
        {
            for (int i = 0; i < atOnce; i++)
                (rows.Returns[i], rows.Lengths[i], rows.Epsilons[i]) = (-random.Below(1 << 16), 1 + random.Below(1 << 16),
                    1.0 / (history.Episodes + i + 1));
            history.Add(rows, 0, atOnce);
            long episode = history.Episodes;
            // A checkpoint of half a MB, nothing of which is like the one before.
            var checkpoint = episode / atOnce % 8 == 0
                ? new Checkpoint(episode, episode * 30, 1, [new("q", Noise((ulong)episode, 1 << 19))]) : null;
            store.Save(checkpoint, [], handedOver, history.Since(handedOver), progress with { Episode = episode, Step = episode * 30 });
            handedOver = episode;
            store.Flush();
            Assert.Null(store.Failure);
            most = Math.Max(most, Directory.GetFiles(folder.Path).Sum(f => new FileInfo(f).Length));
        }

        store.Close();
        using var connection = StoreFile.Read(RunFiles.PathOf(folder.Path, "fed"));
        long pages = (long)connection.One("SELECT sum(length(data)) FROM page")!,
            raw = (long)connection.One("SELECT sum(length(data)) FROM episodes")!;
        Long.Say("endless",
            $"{Episodes} episodes: at most {most / 1048576.0:F1} MiB, {pages / 1048576.0:F1} of checkpoints, {raw / 1048576.0:F1} of"
            + $" rows, {(long)connection.One("SELECT sum(length(data)) FROM buckets")! / 1048576.0:F1} of buckets");
        Assert.InRange(pages, retention.Budget / 2, retention.Budget);
        Assert.InRange((long)connection.One("SELECT sum(count) FROM episodes")!, 1, retention.Rows);
        Assert.InRange(raw, 1, retention.RowBytes);
        // With the budgets as they are this is less than 512 MiB: 256 + 128 + what the log may keep, and 9 full levels of buckets.
        Assert.InRange(most, 1, isLong ? 512L << 20 : retention.Budget + retention.RowBytes + (24L << 20));
        Assert.Equal(history.Returns(1, long.MaxValue, 1000), StoredRun.ReadHistory(connection, history.Episodes)
            .Returns(1, long.MaxValue, 1000));
    }

    // Checkpoints of 1000 bytes each, written one after the other as a run does.
    static (List<long> Steps, long Bytes) Keep(Retention retention, double stepsPerSecond, IReadOnlyList<(long Step, string? Name)> written)
    {
        using var connection = Empty();
        var ledger = PageLedger.Read(connection);
        List<StoredCheckpoint> kept = [];
        foreach (var (step, name) in written)
        {
            var checkpoint = new Checkpoint(step, step, 0, [new("q", Noise((ulong)step, 980))], name);
            var pages = CheckpointPages.Of(checkpoint, null);
            Assert.InRange(pages.Sections[0].Pages[0].Packed!.Length, 950, 1050);
            kept.Add(CheckpointTable.Write(connection, ledger, pages, checkpoint, default));
            var excess = retention.Excess(kept, stepsPerSecond, ledger);
            CheckpointTable.Remove(connection, ledger, [.. excess.Select(c => c.Id)]);
            kept.RemoveAll(excess.Contains);
        }

        Assert.Equal(kept.Select(c => c.Id), CheckpointTable.List(connection).Select(c => c.Id));
        return (kept.ConvertAll(c => c.Step), (long)connection.One("SELECT sum(length(data)) FROM page")!);
    }

    static byte[] Noise(ulong seed, int bytes)
    {
        var random = Rng.Streams(seed).World;
        byte[] noise = new byte[bytes];
        for (int i = 0; i < bytes; i++)
            noise[i] = (byte)random.Below(256);
        return noise;
    }

    static SqliteConnection Empty()
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using var schema = new StreamReader(typeof(World).Assembly.GetManifestResourceStream("schema.sql")!);
        connection.Run(schema.ReadToEnd());
        return connection;
    }
}
