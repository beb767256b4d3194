using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace GridWorld.Tests;

[SupportedOSPlatform("linux")]
public sealed class ReadOnlyTests : IDisposable
{
    const uint Nobody = 65534;
    readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Run_in_a_folder_that_cannot_be_written_is_read_but_not_trained()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs the rights of Linux");
        var run = Run.Start(new(Worlds.FrozenLake4x4(), new QLearning(), Episodes: 100), folder.Options);
        await run;
        byte[] before = await File.ReadAllBytesAsync(folder.FileOf(run), TestContext.Current.CancellationToken);

        WithoutRights(() =>
        {
            Assert.Equal(100, Run.Open(run.Id, folder.Path).RawEpisodes(1, 1000).Length);
            Assert.Equal(RunState.Completed, StoreFolder.Find(run.Id, folder.Path).State);
            Assert.Empty(StoreFolder.Verify(run.Id, folder.Path, cancellationToken: TestContext.Current.CancellationToken));
            Assert.Contains("the file or its folder cannot be written",
                Assert.Throws<InputException>(() => Run.Resume(run.Id, folder.Path)).Message, StringComparison.Ordinal);
            Assert.Contains("cannot be stored in",
                Assert.Throws<InputException>(() => Run.Start(run.Specification, folder.Options)).Message, StringComparison.Ordinal);
            Assert.Contains("cannot be deleted", Assert.Throws<InputException>(() => StoreFolder.Delete(run.Id, folder.Path)).Message,
                StringComparison.Ordinal);
        });

        Assert.Equal([folder.FileOf(run)], Directory.GetFileSystemEntries(folder.Path));
        Assert.Equal(before, await File.ReadAllBytesAsync(folder.FileOf(run), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Folder_of_many_runs_that_cannot_be_written_is_listed_without_an_index()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs the rights of Linux");
        var run = Run.Start(new(Worlds.FrozenLake4x4(), new QLearning(), Episodes: 100), folder.Options);
        await run;
        File.SetLastWriteTimeUtc(folder.FileOf(run), File.GetLastWriteTimeUtc(folder.FileOf(run)) - TimeSpan.FromMinutes(1));
        for (int i = 0; i < RunIndex.Smallest; i++)
            File.WriteAllText(RunFiles.PathOf(folder.Path, $"foreign-{i}"), "no database");
        string[] before = Directory.GetFileSystemEntries(folder.Path);

        WithoutRights(() =>
        {
            for (int i = 0; i < 2; i++)
            {
                var list = StoreFolder.List(folder.Path);
                Assert.Equal(RunIndex.Smallest, list.Count(r => r.Error is not null));
                Assert.Equal((run.Id, RunState.Completed, 100L), list.Where(r => r.Error is null).Select(r => (r.Id, r.State, r.Episodes))
                    .Single());
            }
        });

        Assert.Equal(before.Order(), Directory.GetFileSystemEntries(folder.Path).Order());
    }

    [Fact]
    public void Run_that_was_killed_is_read_from_a_folder_that_cannot_be_written_or_refused_with_words()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs the rights of Linux");
        using var process = TrainingProcess.Start(folder.Path, pace: 20_000);
        string id = process.Training();
        Wait.Until(() => StoreFolder.Find(id, folder.Path).Episodes > 100, "It did not train on.");
        process.Kill();
        var whole = Run.Open(id, folder.Path).RawEpisodes(1, 100);

        foreach (bool hasIndexOfLog in (bool[])[true, false])
        {
            if (!hasIndexOfLog)
                File.Delete(RunFiles.PathOf(folder.Path, id) + "-shm");
            WithoutRights(() =>
            {
                try
                {
                    Assert.Equal(whole, Run.Open(id, folder.Path).RawEpisodes(1, 100));
                }
                catch (InputException e)
                {
                    Assert.Contains("cannot be written. Check their permissions.", e.Message, StringComparison.Ordinal);
                }
            });
        }
    }

    // On a thread whose file rights are no one's, so that it holds for root as well.
    void WithoutRights(Action act)
    {
        string parent = Path.GetDirectoryName(folder.Path)!;
        var rights = UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead
            | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(parent, rights | UnixFileMode.UserWrite);
        File.SetUnixFileMode(folder.Path, rights);
        Exception? failed = null;
        var thread = new Thread(() =>
        {
            try
            {
                if (Environment.IsPrivilegedProcess)
                    setfsuid(Nobody);
                act();
            }
            catch (Exception e)
            {
                failed = e;
            }
        });
        thread.Start();
        thread.Join();
        File.SetUnixFileMode(folder.Path, rights | UnixFileMode.UserWrite);
        if (failed is not null)
            throw new InvalidOperationException(failed.Message, failed);
    }

    [DllImport("libc")]
    static extern int setfsuid(uint user);

    public void Dispose() => folder.Dispose();
}
