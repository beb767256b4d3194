using Microsoft.Data.Sqlite;

namespace GridWorld.Tests;

public sealed class RunIndexTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly RunHeader header;
    readonly string first;

    // Enough files for an index, made from one run and old enough to be believed.
    public RunIndexTests()
    {
        var run = Run.Start(new(Worlds.Empty(4, 4), new QLearning(), Episodes: 50), folder.Options);
        run.Completion.Wait(TestContext.Current.CancellationToken);
        first = folder.FileOf(run);
        using (var connection = StoreFile.Read(first))
            header = RunHeader.Read(connection);
        for (int i = 0; i < RunIndex.Smallest; i++)
            Add($"copy-{i:000}");
        Age(first);
    }

    string IndexFile => Path.Combine(folder.Path, ".runs.index");

    [Fact]
    public void Second_list_opens_no_file_and_says_the_same()
    {
        var list = StoreFolder.List(folder.Path);

        Assert.Equal(RunIndex.Smallest + 1, list.Count);
        Assert.Equal(list, RunIndex.Of(folder.Path).List(path => throw new InvalidOperationException(path)).OrderBy(r => r.Created)
            .ThenBy(r => r.Id, StringComparer.Ordinal));
    }

    [Fact]
    public void Another_process_finds_what_this_one_wrote()
    {
        var list = StoreFolder.List(folder.Path);
        string moved = folder.Path + "-moved";
        Directory.Move(folder.Path, moved);

        Assert.Equal(list, RunIndex.Of(moved).List(path => throw new InvalidOperationException(path)).OrderBy(r => r.Created)
            .ThenBy(r => r.Id, StringComparer.Ordinal));
        Directory.Move(moved, folder.Path);
    }

    [Fact]
    public void What_was_added_changed_or_deleted_shows()
    {
        StoreFolder.List(folder.Path);
        File.Delete(RunFiles.PathOf(folder.Path, "copy-000"));
        Add("added");
        Change(RunFiles.PathOf(folder.Path, "copy-001"), header with { Id = "copy-001", Name = "renamed" });
        File.WriteAllText(RunFiles.PathOf(folder.Path, "copy-002"), "no database");
        string linked = RunFiles.PathOf(folder.Path, "copy-003"),
            elsewhere = Path.Combine(Path.GetDirectoryName(folder.Path)!, "elsewhere");
        File.Move(linked, elsewhere);
        File.CreateSymbolicLink(linked, elsewhere);

        var list = StoreFolder.List(folder.Path).ToDictionary(r => r.Id);

        Assert.Equal(RunIndex.Smallest + 1, list.Count);
        Assert.DoesNotContain("copy-000", list.Keys);
        Assert.Contains("added", list.Keys);
        Assert.Equal("renamed", list["copy-001"].Name);
        Assert.Contains("is not a run file", list["copy-002"].Error, StringComparison.Ordinal);
        Assert.Contains("is a link", list["copy-003"].Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_that_is_taken_up_shows_as_it_is()
    {
        StoreFolder.List(folder.Path);
        string id = Path.GetFileName(first)[..^RunFiles.Extension.Length];
        var run = Run.Resume(id, folder.Path, moreEpisodes: 10, options: new() { StartPaused = true });

        // The file says so with its next light snapshot.
        while (StoreFolder.List(folder.Path).Single(r => r.Id == id).State != RunState.Paused)
            Thread.Yield();

        run.Resume();
        await run;
        Assert.Equal((RunState.Completed, 60), StoreFolder.List(folder.Path).Where(r => r.Id == id).Select(r => (r.State, (int)r.Episodes))
            .Single());
    }

    [Fact]
    public void Processes_that_list_and_write_the_index_at_once_are_never_wrong()
    {
        Add("comes-and-goes");
        string inside = RunFiles.PathOf(folder.Path, "comes-and-goes"),
            outside = Path.Combine(Path.GetDirectoryName(folder.Path)!, "outside");
        File.Move(inside, outside);
        var (without, lists) = (StoreFolder.List(folder.Path), 0);
        using var one = ListingProcess.Start(folder.Path);
        using var two = ListingProcess.Start(folder.Path);

        // Each change is one that every process writes down.
        for (int i = 0; i < 30; i++)
        {
            File.Move(outside, inside);
            Assert.Equal([.. without.Select(r => r.Id), "comes-and-goes"], StoreFolder.List(folder.Path).Select(r => r.Id)
                .OrderBy(id => id == "comes-and-goes").ThenBy(id => without.TakeWhile(r => r.Id != id).Count()));
            lists = one.List() + two.List();
            File.Move(inside, outside);
            Assert.Equal(without, StoreFolder.List(folder.Path));
        }

        Assert.True(lists >= 60, $"There were {lists} lists.");
        one.End();
        two.End();
        Assert.Equal(without, StoreFolder.List(folder.Path));
        Assert.Empty(Directory.GetFiles(folder.Path, "*.part"));
        string moved = folder.Path + "-moved";
        Directory.Move(folder.Path, moved);
        Assert.Equal(without, StoreFolder.List(moved));
        Directory.Move(moved, folder.Path);
    }

    [Theory]
    [InlineData("deleted")]
    [InlineData("empty")]
    [InlineData("flipped")]
    [InlineData("cut")]
    [InlineData("other format")]
    public void Damaged_index_is_rebuilt(string damage)
    {
        var list = StoreFolder.List(folder.Path);
        byte[] good = File.ReadAllBytes(IndexFile);
        var changed = good.ToArray();
        changed[good.Length / 2] ^= 16;
        if (damage == "deleted")
            File.Delete(IndexFile);
        else
            File.WriteAllBytes(IndexFile,
                damage switch { "empty" => [], "flipped" => changed, "cut" => good[..^20], _ => [9, .. good[1..]] });
        string moved = folder.Path + "-moved";
        Directory.Move(folder.Path, moved);

        Assert.Equal(list, StoreFolder.List(moved));

        Assert.Equal(good.Length, new FileInfo(Path.Combine(moved, ".runs.index")).Length);
        Directory.Move(moved, folder.Path);
    }

    [Fact]
    public void Folder_of_few_runs_has_no_index()
    {
        File.Delete(RunFiles.PathOf(folder.Path, "copy-000"));
        File.Delete(RunFiles.PathOf(folder.Path, "copy-001"));

        StoreFolder.List(folder.Path);

        Assert.False(File.Exists(IndexFile));
    }

    void Add(string id)
    {
        string path = RunFiles.PathOf(folder.Path, id);
        File.Copy(first, path);
        Change(path, header with { Id = id });
    }

    static void Change(string path, RunHeader header)
    {
        // Many files in little time: nothing waits for the disk.
        using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            connection.Open();
            connection.Run("PRAGMA synchronous = OFF");
            connection.Run("PRAGMA journal_mode = OFF");
            header.Write(connection);
        }

        Age(path);
    }

    static void Age(string path) => File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(path) - TimeSpan.FromMinutes(1));

    public void Dispose() => folder.Dispose();
}
