namespace GridWorld.Tests;

/// <summary>A file that no one writes is read once; one that was written is read again.</summary>
public sealed class IdleViewTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task File_that_stays_as_it_was_is_not_read_again()
    {
        var (view, file) = await Ended();
        view.SolveExactly();
        var before = Everything(view);
        var health = view.Diagnostics();
        byte[] good = File.ReadAllBytes(file);
        Write(file, new byte[good.Length], Yesterday);

        Assert.Equal(before, Everything(view));
        Assert.Same(health, view.Diagnostics());

        Write(file, new byte[good.Length], Yesterday.AddSeconds(1));
        Assert.Throws<InputException>(() => view.Status());
        Assert.Throws<InputException>(() => view.Agent());
        Assert.Throws<InputException>(() => view.EventLog);

        Write(file, good, Yesterday);
        Assert.Equal(before, Everything(view));
    }

    [Fact]
    public async Task What_was_written_just_now_is_read_again_each_time()
    {
        var (view, file) = await Ended();
        view.Status();
        File.SetLastWriteTimeUtc(file, TimeProvider.System.GetUtcNow().UtcDateTime);
        view.Status();

        // As long as it was, and within the time that a clock of files may not tell apart.
        var now = File.GetLastWriteTimeUtc(file);
        Write(file, new byte[new FileInfo(file).Length], now);

        Assert.Throws<InputException>(() => view.Status());
    }

    [Fact]
    public async Task Run_that_is_trained_on_is_seen_to_be()
    {
        var (view, file) = await Ended();
        Everything(view);

        foreach (long target in (long[])[350, 420])
        {
            var run = Run.Resume(view.Id, folder.Path, moreEpisodes: target - view.Status().Episodes);
            await run;

            Assert.Equal((RunState.Completed, target), (view.Status().State, view.Status().Episodes));
            Assert.Equal(run.Agent().Q, view.Agent().Q);
            Assert.Equal(run.EventLog, view.EventLog);
            Assert.Equal(run.CheckpointList, view.CheckpointList);
            Assert.Equal(run.MetricBuckets(1, target, 40), view.MetricBuckets(1, target, 40));
            File.SetLastWriteTimeUtc(file, Yesterday);
            Everything(view);
        }
    }

    [Fact]
    public async Task Commit_to_the_log_of_a_file_is_seen_at_once()
    {
        var (view, file) = await Ended();
        Everything(view);
        using var connection = StoreFile.Write(file);
        connection.Run("UPDATE progress SET episode = episode");
        File.SetLastWriteTimeUtc(file, Yesterday);
        File.SetLastWriteTimeUtc(file + "-wal", Yesterday);
        long episodes = view.Status().Episodes;

        connection.Run("UPDATE progress SET episode = episode + 1");

        Assert.True(File.Exists(file + "-wal"));
        Assert.NotEqual(0, episodes);
        Assert.Throws<InputException>(() => view.Status());
    }

    static DateTime Yesterday { get; } = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-1);

    static void Write(string file, byte[] content, DateTime time)
    {
        using (var stream = new FileStream(file, FileMode.Open, FileAccess.Write))
            stream.Write(content);
        File.SetLastWriteTimeUtc(file, time);
    }

    // As text, so that whatever there is is compared.
    static string Everything(RunView view)
    {
        var diagnostics = view.Diagnostics();
        return $"{view.Status()} {string.Join(" ", view.Agent().Q)} {string.Join(" ", view.EventLog)}"
            + $" {string.Join(" ", view.CheckpointList)} {string.Join(" ", view.KeptEpisodes())}"
            + $" {string.Join(" ", view.MetricBuckets(1, 1000, 20))} "
            + $"{diagnostics.MeanTdError} {diagnostics.Flags.Count} {view.Reached([100, 200]).Length} {view.ExactSolution?.OptimalValue}";
    }

    async Task<(RunView View, string File)> Ended()
    {
        var run = Run.Start(new(Worlds.FrozenLake4x4(), new QLearning(), Seed: 9, Episodes: 300), folder.Options);
        await run;
        File.SetLastWriteTimeUtc(folder.FileOf(run), Yesterday);
        return (Run.Open(run.Id, folder.Path), folder.FileOf(run));
    }
}
