namespace GridWorld.Tests;

/// <summary>Rows that are kept no more: replies say so, and they are run again on demand.</summary>
public sealed class ThinnedRowsTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Rows_that_are_kept_no_more_are_named_and_run_again_exactly()
    {
        var specification = new RunSpecification(Worlds.CliffWalking(), new QLearning(), Seed: 4, Episodes: 9000);
        var run = Run.Start(specification, folder.Options with { StartPaused = true, SampleEveryEpisode = true });
        run.Advance(3000);
        Wait.Until(() => run.State == RunState.Paused, "It did not pause after 3000 episodes.");
        run.Set(learningRate: 0.3);
        run.Resume();
        await run;
        var rows = run.RawEpisodes(1, 9000);
        using (var connection = StoreFile.Write(folder.FileOf(run)))
        {
            EpisodeTable.Delete(connection, "WHERE chunk IN (0, 1, 2, 5)");
            connection.Run("PRAGMA journal_mode = DELETE");
        }

        var file = Run.Open(run.Id, folder.Path);

        Assert.Equal([new(3073, 5120), new(6145, 9000)], file.KeptEpisodes());
        Assert.Equal([new(3073, 4000)], file.Past(4000, TestContext.Current.CancellationToken).KeptEpisodes());
        Assert.Equal([new(1, 9000)], run.KeptEpisodes());
        Assert.Equal(rows.Where(r => r.Episode is > 3072 and <= 5120 or > 6144).Select(Text), file.EpisodeRecords().Select(Text));
        Assert.Equal(rows.Select(Text), file.EpisodeRecords(all: true).Select(Text));
        Assert.Equal(rows[2990..6200].Select(Text), file.EpisodeRecords(2991, 6200, all: true).Select(Text));
        var (past, asItWas) = (file.Past(5500, TestContext.Current.CancellationToken),
            run.Past(5500, TestContext.Current.CancellationToken));
        Assert.Equal(asItWas.MetricBuckets(1, 5500, 60), past.MetricBuckets(1, 5500, 60));
        Assert.Equal(asItWas.Status().MeanReturnLast100, past.Status().MeanReturnLast100);
        Assert.Equal(9000, RunTables.Metrics(file, all: true).Rows.Count());

        static string Text(EpisodeRecord e) => $"{e with { ActionCounts = null }} {string.Join(",", e.ActionCounts ?? [])}";
    }

    [Fact]
    public async Task Gap_longer_than_any_page_hides_no_later_row()
    {
        var run = Worlds.Get("empty-2x1").Train(episodes: 40_000, options: folder.Options);
        await run;
        using (var connection = StoreFile.Write(folder.FileOf(run)))
            EpisodeTable.Delete(connection, "WHERE chunk BETWEEN 2 AND 30");

        var file = Run.Open(run.Id, folder.Path);
        long[] kept = [.. Enumerable.Range(1, 40_000).Select(e => (long)e).Where(e => e is <= 2048 or > 31 * 1024)];

        Assert.Equal([new(1, 2048), new(31 * 1024 + 1, 40_000)], file.KeptEpisodes());
        Assert.Equal(kept, file.EpisodeRecords().Select(e => e.Episode));
        Assert.Equal(kept, RunTables.Metrics(file, all: false).Rows.Select(row => (long)row[0]!));
        Assert.Equal(Enumerable.Range(1, 40_000).Select(e => (long)e), file.EpisodeRecords(all: true).Select(e => e.Episode));
        Assert.Equal([31 * 1024 + 1, 31 * 1024 + 2], file.RawEpisodes(2049, 2).Select(e => e.Episode));
        Assert.Equal([2048], file.RawEpisodes(2048, 100).Select(e => e.Episode));
    }
}
