namespace GridWorld.Tests;

/// <summary>
/// A disk that cannot be read or whose files cannot be opened, at every call: what is read is right, or an error that says that the disk
/// failed.
/// </summary>
public sealed class ReadFaultTests : IDisposable
{
    static readonly RunSpecification Specification = new(Worlds.FrozenLake4x4(), new QLearning(), Seed: 11, Episodes: 150);
    readonly TemporaryFolder folder = new();

    // How SQLite reports it, how many calls fail.
    public static TheoryData<int, long> Reads => new()
    {
        { FaultyDisk.ReadCode, 1 }, { FaultyDisk.ReadCode, long.MaxValue }, { FaultyDisk.CorruptFileSystemCode, 1 },
        { FaultyDisk.CorruptFileSystemCode, long.MaxValue },
    };

    [Theory, MemberData(nameof(Reads))]
    public async Task Failing_read_is_not_called_damage(int code, long count)
    {
        var (id, path) = await Trained();
        using var disk = new FaultyDisk(folder.Path) { FailingRead = code, FailReads = count };
        var right = StoredPicture.Of(folder.Path, id);
        long reads = disk.Reads;
        Assert.InRange(reads, 50, 10_000);

        for (long at = 1; at <= reads; at++)
        {
            disk.FailReadAt = disk.Reads + at;
            Check(right, id, path, $"Read {at} and {count - 1} more fail.");
        }

        disk.FailReadAt = long.MaxValue;
        Assert.Null(StoredPicture.Of(folder.Path, id).DifferenceFrom(right));
        Assert.Empty(StoredPicture.Of(folder.Path, id).Errors);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(long.MaxValue)]
    public async Task File_that_cannot_be_opened_is_neither_missing_nor_damaged(long count)
    {
        var (id, path) = await Trained();
        using var disk = new FaultyDisk(folder.Path) { FailOpens = count };
        var right = StoredPicture.Of(folder.Path, id);
        long opens = disk.Opens;
        Assert.InRange(opens, 10, 1000);

        for (long at = 1; at <= opens; at++)
        {
            disk.FailOpenAt = disk.Opens + at;
            Check(right, id, path, $"Opening {at} and {count - 1} more fail.");
        }
    }

    [Theory, MemberData(nameof(Reads))]
    public async Task Run_is_resumed_whole_or_not_at_all_where_a_read_fails(int code, long count)
    {
        var (id, path) = await Trained();
        byte[] good = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        var right = Run.Open(id, folder.Path).Agent();
        using var disk = new FaultyDisk(folder.Path) { FailingRead = code, FailReads = count };
        StoreFolder.Verify(id, folder.Path, rerun: false, cancellationToken: TestContext.Current.CancellationToken);
        long reads = disk.Reads * 2;
        for (long at = 1; at <= reads; at += 7)
        {
            disk.FailReadAt = disk.Reads + at;
            string which = $"Read {at} and {count - 1} more fail.";
            try
            {
                var again = Run.Resume(id, folder.Path);
                await again.Completion;
                disk.FailReadAt = long.MaxValue;
                Assert.True(right.Q.SequenceEqual(again.Agent().Q), which);
            }
            catch (InputException e)
            {
                AssertOfDisk(e.Message, which);
            }

            disk.FailReadAt = long.MaxValue;
            foreach (string file in Directory.GetFiles(folder.Path))
                File.Delete(file);
            await File.WriteAllBytesAsync(path, good, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Name_that_no_readable_run_bears_is_not_said_to_be_missing()
    {
        var run = Run.Start(Specification, folder.Options with { Name = "mine" });
        await run;
        using var disk = new FaultyDisk(folder.Path) { FailReadAt = 1 };

        var error = Assert.Throws<InputException>(() => StoreFolder.Find("mine", folder.Path));

        Assert.DoesNotContain("There is no run", error.Message, StringComparison.Ordinal);
        Assert.Contains("the disk failed", error.Message, StringComparison.Ordinal);
    }

    void Check(StoredPicture right, string id, string path, string which)
    {
        var picture = StoredPicture.Of(folder.Path, id);
        Assert.True(picture.DifferenceFrom(right) is null, $"{which} {picture.DifferenceFrom(right)}");
        foreach (string error in picture.Errors.Values.Concat(picture.Faults))
        {
            Assert.True(error.Contains(path, StringComparison.Ordinal), $"{which} {error}");
            AssertOfDisk(error, which);
        }
    }

    static void AssertOfDisk(string error, string which) =>
        Assert.True(error.Contains("the disk failed", StringComparison.Ordinal) && !error.Contains("damaged", StringComparison.Ordinal)
        && !error.Contains("There is no", StringComparison.Ordinal), $"{which} {error}");

    async Task<(string Id, string Path)> Trained()
    {
        var run = Run.Start(Specification, folder.Options with { StartPaused = true });
        run.SaveCheckpoint("start");
        run.Resume();
        await run;
        return (run.Id, folder.FileOf(run));
    }

    public void Dispose() => folder.Dispose();
}
