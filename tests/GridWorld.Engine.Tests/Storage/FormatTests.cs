using System.Globalization;
using System.Runtime.CompilerServices;

namespace GridWorld.Tests;

/// <summary>
/// A file of every version of the format lies next to this one. After <see cref="StoreFormat.Run"/> was raised,
/// <c>dotnet run build.cs long format</c> writes the new one; the old ones are read as before.
/// </summary>
public sealed class FormatTests : IDisposable
{
    const string Id = "frozen-lake-4x4-oldfile0";
    readonly TemporaryFolder folder = new();

    static RunSpecification Specification => new(Worlds.FrozenLake4x4(), new QLearning(), Seed: 7, Episodes: 60);

    public static TheoryData<int> Versions => [.. Enumerable.Range(1, StoreFormat.Run.Version)];

    [Theory, MemberData(nameof(Versions))]
    public async Task File_of_every_version_is_read_verified_and_goes_on_exactlys_of_the_straight_run(int version)
    {
        if (version == StoreFormat.Run.Version && Long.Is("format"))
            await WriteAsync(Fixture(version));
        Directory.CreateDirectory(folder.Path);
        string path = RunFiles.PathOf(folder.Path, Id);
        File.Copy(Fixture(version), path);
        byte[] before = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);

        var view = Run.Open(Id, folder.Path);
        RunEventKind[] rewards = version < StoreFormat.RunWithRewards ? [] : [RunEventKind.RewardChange];
        Assert.Equal([RunEventKind.RunStarted, RunEventKind.ParamChange, .. rewards, RunEventKind.Checkpoint, RunEventKind.Resumed,
            RunEventKind.Completed], view.EventLog.Select(e => e.Kind));
        Assert.Equal((RunState.Completed, 60L), (view.Status().State, view.Status().Episodes));
        new Straight(Specification, view.EventLog, 60).AssertSame(view, path);
        Assert.Empty(StoreFolder.Verify(Id, folder.Path, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(before, await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));

        var more = Run.Resume(Id, folder.Path, moreEpisodes: 40);
        await more;

        new Straight(Specification, more.EventLog, 100).AssertSame(Run.Open(Id, folder.Path), path);
        Assert.Contains(more.CheckpointList, c => c.Name == "start");
    }

    // As a user would have made it, and then given the name that the test knows.
    async Task WriteAsync(string fixture)
    {
        var run = Run.Start(Specification, folder.Options with { StartPaused = true });
        run.Set(epsilon: 0.3);
        run.SetReward(1, 0, -0.5);
        run.SaveCheckpoint("start");
        run.Resume();
        await run;
        using (var connection = StoreFile.Write(folder.FileOf(run)))
        {
            (RunHeader.Read(connection) with { Id = Id, Name = Id }).Write(connection);
            connection.Run("PRAGMA journal_mode = DELETE");
            connection.Run("VACUUM");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(fixture)!);
        File.Move(folder.FileOf(run), fixture, overwrite: true);
    }

    static string Fixture(int version, [CallerFilePath] string source = "") =>
        Path.Combine(Path.GetDirectoryName(source)!, "Formats", string.Create(CultureInfo.InvariantCulture, $"format-{version}.run.db"));

    public void Dispose() => folder.Dispose();
}
