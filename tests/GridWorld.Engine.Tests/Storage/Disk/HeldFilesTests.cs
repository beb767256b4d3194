namespace GridWorld.Tests;

public sealed class HeldFilesTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    [Fact]
    public async Task File_that_this_process_trains_is_opened_by_SQLite_alone()
    {
        using var disk = new FaultyDisk(folder.Path);
        var run = Run.Start(new(Worlds.FrozenLake4x4(), new QLearning(), Seed: 7, Episodes: 500),
            folder.Options with { StartPaused = true });
        long atStart = disk.Peeks;

        Look();
        Assert.Equal(atStart, disk.Peeks);

        run.Resume();
        await run;
        Look();
        Assert.True(disk.Peeks > atStart, "A file that nobody holds is looked at before SQLite opens it.");

        void Look()
        {
            Assert.Equal(run.Episodes, Run.Open(run.Id, folder.Path).Status().Episodes);
            Assert.Single(StoreFolder.List(folder.Path));
        }
    }

    public void Dispose() => folder.Dispose();
}
