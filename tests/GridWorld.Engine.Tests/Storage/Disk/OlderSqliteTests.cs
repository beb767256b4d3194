namespace GridWorld.Tests;

/// <summary>A store where a host has loaded an SQLite whose write-ahead log cannot be trusted: it does with a rollback journal.</summary>
public sealed class OlderSqliteTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly Func<string, bool> usual = StoreFile.AllowsLog;

    public OlderSqliteTests() => StoreFile.AllowsLog = path => usual(path) && !path.StartsWith(folder.Path, StringComparison.Ordinal);

    static RunSpecification Lake => new(Worlds.FrozenLake4x4(), new QLearning(), Seed: 21, Episodes: 600);

    [Fact]
    public async Task Run_is_kept_read_and_gone_on_with_as_ever_without_a_log()
    {
        var run = Run.Start(Lake, folder.Options with { StartPaused = true });
        run.Set(epsilon: 0.3);
        run.SaveCheckpoint("start");
        run.Resume();
        while (!run.Completion.IsCompleted)
        {
            Assert.InRange(StoreFolder.Find(run.Id, folder.Path).Episodes, 0L, 600L);
            AssertNoLog();
        }

        await run;
        Assert.DoesNotContain(run.EventLog, e => e.Kind == RunEventKind.StoreError);
        var more = Run.Resume(run.Id, folder.Path, moreEpisodes: 100);
        await more;

        var straight = new Straight(Lake with { Episodes = 700 }, more.EventLog, 700);
        straight.AssertSame(Run.Open(run.Id, folder.Path), folder.FileOf(run));
        Assert.Empty(StoreFolder.Verify(run.Id, folder.Path, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal([folder.FileOf(run)], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task Log_that_a_killed_process_left_is_taken_into_the_file_and_not_used_further()
    {
        string id;
        using (var process = TrainingProcess.Start(folder.Path, pace: 20_000))
        {
            id = process.Training();
            Wait.Until(() => StoreFolder.Find(id, folder.Path).Episodes > 100, "It did not train on.");
            process.Kill();
        }

        Assert.True(File.Exists(RunFiles.PathOf(folder.Path, id) + "-wal"));
        long reached = StoreFolder.Find(id, folder.Path).Episodes;

        var run = Run.Resume(id, folder.Path, options: new() { StartPaused = true });
        Assert.InRange(run.Episodes, 0, reached);
        AssertNoLog();
        run.Resume();
        await run;

        new Straight(TrainingProcess.Specification, run.EventLog, run.Episodes).AssertSame(run, folder.FileOf(run));
    }

    [Fact]
    public async Task File_whose_log_another_holds_is_refused()
    {
        var run = Run.Start(Lake, folder.Options);
        await run;
        StoreFile.AllowsLog = usual;
        using var other = StoreFile.Write(folder.FileOf(run));
        other.Atomically(() => other.Run("DELETE FROM owner"));
        StoreFile.AllowsLog = path => usual(path) && !path.StartsWith(folder.Path, StringComparison.Ordinal);

        string message = Assert.Throws<InputException>(() => Run.Resume(run.Id, folder.Path, moreEpisodes: 1)).Message;

        Assert.True(message.Contains("is open elsewhere", StringComparison.Ordinal)
            || message.Contains("another program has the file open", StringComparison.Ordinal), message);
    }

    void AssertNoLog() => Assert.DoesNotContain(Directory.GetFiles(folder.Path), f => f.EndsWith("-wal", StringComparison.Ordinal));

    public void Dispose()
    {
        StoreFile.AllowsLog = usual;
        folder.Dispose();
    }
}
