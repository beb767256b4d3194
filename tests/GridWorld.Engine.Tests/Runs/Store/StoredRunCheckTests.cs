using System.Globalization;
using System.Runtime.InteropServices;

namespace GridWorld.Tests;

public sealed class StoredRunCheckTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    static RunSpecification Lake(long? episodes) => new(Worlds.FrozenLake4x4(), new QLearning(), Seed: 7, Episodes: episodes);

    async Task<Run> Trained()
    {
        var run = Run.Start(Lake(3000), folder.Options with { StartPaused = true });
        run.Set(epsilon: 0.4);
        run.SaveCheckpoint("start");
        run.Resume();
        await run;
        run.SaveCheckpoint("end");
        return run;
    }

    IReadOnlyList<string> Verify(Run run, bool rerun = true, Progress? progress = null) =>
        StoreFolder.Verify(run.Id, folder.Path, rerun, progress, TestContext.Current.CancellationToken);

    [Fact]
    public async Task Good_run_is_found_good_and_its_file_is_left_as_it_was()
    {
        var run = await Trained();
        byte[] before = await File.ReadAllBytesAsync(folder.FileOf(run), TestContext.Current.CancellationToken);
        var progress = new Progress();

        Assert.Empty(Verify(run, progress: progress));

        Assert.Equal(new(run.Id, 3000, 3000), progress.Last);
        Assert.Equal(before, await File.ReadAllBytesAsync(folder.FileOf(run), TestContext.Current.CancellationToken));
    }

    public static TheoryData<string> Learners => [.. LearnerCatalog.All.Select(l => l.Name)];

    [Theory, MemberData(nameof(Learners))]
    public async Task Every_learner_s_run_is_found_good_after_all_that_may_befall_it(string name)
    {
        var specification = new RunSpecification(Worlds.BlockingMaze(), LearnerCatalog.Create(name), Seed: 5, Episodes: 20, MaxSteps: 100);
        var run = Run.Start(specification, folder.Options with { TraceEpisodes = 5, CheckpointEvery = 3 });
        await run;
        var again = Run.Resume(run.Id, folder.Path, moreEpisodes: 20, options: new() { StartPaused = true, CheckpointEvery = 3 });
        again.Set(epsilon: 0.5);
        again.Resume();
        await again;

        Assert.Empty(Verify(run));
    }

    [Fact]
    public async Task Altered_bit_of_one_value_is_found_though_all_checksums_fit()
    {
        var run = await Trained();
        Alter(run, (world, checkpoint) => BitsOfQ(checkpoint)[9 * world.Actions + 2] ^= 1);

        var fault = Assert.Single(Verify(run));

        double right = run.Agent().Q[9 * 4 + 2];
        Assert.Equal(string.Create(CultureInfo.InvariantCulture,
            $"The checkpoint 'end' after episode 3000, part 'q', state 9, action {run.World.ActionNames[2]}: the file contains"
            + $" {BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(right) ^ 1):R}, the rerun {right:R}."), fault);
        Assert.Empty(Verify(run, rerun: false));
    }

    [Fact]
    public async Task Altered_visit_is_found()
    {
        var run = await Trained();
        Alter(run, (_,
            checkpoint) => MemoryMarshal.Cast<byte, uint>(checkpoint.Sections.Single(s => s.Name == "visits").Bytes.AsSpan())[4]++);

        Assert.Contains("after episode 3000, part 'visits', state 1, action left: the file contains", Assert.Single(Verify(run)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Altered_row_is_found()
    {
        var run = await Trained();
        AlterReturn(run, episode: 1234);

        Assert.StartsWith("The row of episode 1234: the file contains", Assert.Single(Verify(run)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Altered_bucket_is_found()
    {
        var run = await Trained();
        using (var connection = StoreFile.Write(folder.FileOf(run)))
        {
            var level = BucketTable.Read(connection, 3000)[1];
            level.Returns[3] = level.Returns[3] with { Max = 7 };
            BucketTable.Append(connection, level);
            connection.Run("PRAGMA journal_mode = DELETE");
        }

        Assert.Equal("The bucket of episodes 385 to 512 does not match its episodes.", Assert.Single(Verify(run)));
    }

    [Fact]
    public async Task Altered_command_shows_in_what_came_of_it()
    {
        var run = await Trained();
        using (var connection = StoreFile.Write(folder.FileOf(run)))
        {
            EventTable.Rewrite(connection, run.EventLog.Single(e => e.Kind == RunEventKind.ParamChange) with { NewValue = "0.41" });
            connection.Run("PRAGMA journal_mode = DELETE");
        }

        Assert.StartsWith("The row of episode 1: the file contains", Assert.Single(Verify(run)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damaged_file_is_not_run_again()
    {
        var run = await Trained();
        using (var connection = StoreFile.Write(folder.FileOf(run)))
        {
            connection.Run("UPDATE page SET data = zeroblob(length(data))");
            connection.Run("PRAGMA journal_mode = DELETE");
        }

        Assert.All(Verify(run, progress: new Progress(() => Assert.Fail("It was run again."))),
            fault => Assert.Contains("is damaged", fault, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Fork_is_found_good_also_without_its_parent_and_an_altered_one_is_not()
    {
        var parent = await Trained();
        var fork = parent.Fork(at: 1234, epsilon: 0.2);
        await fork;
        fork.SaveCheckpoint("end");

        Assert.Empty(Verify(fork));
        StoreFolder.Delete(parent.Id, folder.Path);
        Assert.Empty(Verify(fork));
        Alter(fork, (world, checkpoint) => BitsOfQ(checkpoint)[6 * world.Actions + 1] ^= 1);
        Assert.StartsWith(
            $"The checkpoint 'end' after episode 3000, part 'q', state 6, action {fork.World.ActionNames[1]}: the file contains",
            Assert.Single(Verify(fork)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Altered_row_of_a_fork_from_before_it_began_is_found()
    {
        var fork = (await Trained()).Fork(at: 1234);
        await fork;
        AlterReturn(fork, episode: 100);

        Assert.StartsWith("The row of episode 100: the file contains", Assert.Single(Verify(fork)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verifying_can_be_given_up()
    {
        var run = await Trained();
        using var canceled = new CancellationTokenSource();

        Assert.Throws<OperationCanceledException>(() => StoreFolder.Verify(run.Id, folder.Path, progress: new Progress(canceled.Cancel),
            cancellationToken: canceled.Token));
    }

    // Another row in the place of an episode's, written as any is.
    void AlterReturn(Run run, int episode)
    {
        using var connection = StoreFile.Write(folder.FileOf(run));
        var rows = EpisodeTable.Read(connection, 0, 3000, 3000).Rows;
        rows.Returns[episode - 1] += 1;
        EpisodeTable.Append(connection, 0, rows);
        connection.Run("PRAGMA journal_mode = DELETE");
    }

    // Another checkpoint in the place of the last one, written as any is: no checksum can tell.
    void Alter(Run run, Action<World, Checkpoint> change)
    {
        using var connection = StoreFile.Write(folder.FileOf(run));
        var stored = CheckpointTable.List(connection).Single(c => c.Name == "end");
        var checkpoint = CheckpointTable.Read(connection, stored, long.MaxValue);
        change(run.World, checkpoint);
        connection.Atomically(() => CheckpointTable.Write(connection, PageLedger.Read(connection), CheckpointPages.Of(checkpoint, null),
            checkpoint, stored.Timestamp));
        connection.Run("PRAGMA journal_mode = DELETE");
    }

    static Span<long> BitsOfQ(Checkpoint checkpoint) =>
        MemoryMarshal.Cast<byte, long>(checkpoint.Sections.Single(s => s.Name == "q").Bytes.AsSpan());

    public void Dispose() => folder.Dispose();

    sealed class Progress(Action? reported = null) : IProgress<VerifyProgress>
    {
        public VerifyProgress Last { get; private set; }

        public void Report(VerifyProgress value)
        {
            Last = value;
            reported?.Invoke();
        }
    }
}
