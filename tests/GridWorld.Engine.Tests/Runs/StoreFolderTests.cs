namespace GridWorld.Tests;

public sealed class StoreFolderTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    Run Trained(string? name = null, long episodes = 50, World? world = null)
    {
        var run = Run.Start(new(world ?? Worlds.Empty(4, 4), new QLearning(), Episodes: episodes), folder.Options with { Name = name });
        run.Completion.Wait(TestContext.Current.CancellationToken);
        return run;
    }

    [Fact]
    public void Missing_folder_has_no_runs() => Assert.Empty(StoreFolder.List(folder.Path));

    [Fact]
    public void Runs_are_listed_and_found_by_id_by_its_beginning_and_by_name()
    {
        var (one, two) = (Trained("first"), Trained("second", 60));

        var list = StoreFolder.List(folder.Path);

        Assert.Equal([(one.Id, "first", 50L), (two.Id, "second", 60L)], list.Select(r => (r.Id, r.Name, r.Episodes)));
        Assert.All(list, r => Assert.Equal((RunState.Completed, "empty-4x4", "q-learning", null), (r.State, r.World, r.Learner, r.Error)));
        Assert.Equal(two.Id, StoreFolder.Find(two.Id, folder.Path).Id);
        Assert.Equal(two.Id, StoreFolder.Find(two.Id[..^1], folder.Path).Id);
        Assert.Equal(two.Id, StoreFolder.Find("second", folder.Path).Id);
        Assert.Contains("matches 2 runs", Assert.Throws<InputException>(() => StoreFolder.Find("empty", folder.Path)).Message,
            StringComparison.Ordinal);
        Assert.Contains($"Runs: {one.Id}, {two.Id}.", Assert.Throws<InputException>(() => StoreFolder.Find("third", folder.Path)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Exact_name_wins_over_the_beginning_of_another_runs_id()
    {
        var (named, other) = (Trained("cliff"), Trained(world: Worlds.CliffWalking()));

        Assert.StartsWith("cliff-walking-", other.Id, StringComparison.Ordinal);
        Assert.Equal(named.Id, StoreFolder.Find("cliff", folder.Path).Id);
        Assert.Equal(named.Id, Run.Open("cliff", folder.Path).Id);
        StoreFolder.Delete("cliff", folder.Path);
        Assert.Equal([other.Id], StoreFolder.List(folder.Path).Select(r => r.Id));
    }

    [Fact]
    public void Name_of_several_runs_stands_for_the_newest_and_lists_say_so()
    {
        var (older, newer) = (Trained("cliff"), Trained("cliff"));

        Assert.Equal(newer.Id, StoreFolder.Find("cliff", folder.Path).Id);
        Assert.Equal(older.Id, StoreFolder.Find(older.Id, folder.Path).Id);
        Assert.Equal([(older.Id, newer.Id), (newer.Id, null)], StoreFolder.List(folder.Path).Select(r => (r.Id, r.NewerRunId)));
        Assert.Equal("cliff", newer.Fork(at: 10, options: new() { Name = "cliff" }).Name);
    }

    [Fact]
    public void Cell_that_names_its_runs_can_be_run_again()
    {
        (string Run, string Fork) Cell()
        {
            var run = Trained("mine");
            var fork = run.Fork(at: 10, options: new() { Name = "changed" });
            fork.Completion.Wait(TestContext.Current.CancellationToken);
            return (run.Id, fork.Id);
        }

        var (first, second) = (Cell(), Cell());

        Assert.Equal(second, (StoreFolder.Find("mine", folder.Path).Id, StoreFolder.Find("changed", folder.Path).Id));
        Assert.Equal(first, (StoreFolder.Find(first.Run, folder.Path).Id, StoreFolder.Find(first.Fork, folder.Path).Id));
        Assert.Equal(second.Fork, Run.Resume("changed", folder.Path, moreEpisodes: 1).Id);
    }

    [Fact]
    public void Only_what_is_named_exactly_is_deleted_unless_one_is_sure()
    {
        var (older, newer, other) = (Trained("twice"), Trained("twice"), Trained(world: Worlds.CliffWalking()));

        var several = Assert.Throws<InputException>(() => StoreFolder.Delete("twice", folder.Path));
        var beginning = Assert.Throws<InputException>(() => StoreFolder.Delete("cliff", folder.Path));

        Assert.Equal($"2 runs are named 'twice': {older.Id}, {newer.Id}; the newest is {newer.Id}. Nothing was deleted. Use the complete "
            + "id, or add --yes (in C#, sure: true).", several.Message);
        Assert.Equal($"'cliff' is only the beginning of the id {other.Id}. Nothing was deleted. Use the complete id, or add --yes (in C#, "
            + "sure: true).", beginning.Message);
        Assert.Equal(3, StoreFolder.List(folder.Path).Count);
        StoreFolder.Delete("twice", folder.Path, sure: true);
        StoreFolder.Delete("cliff", folder.Path, sure: true);
        Assert.Equal([older.Id], StoreFolder.List(folder.Path).Select(r => r.Id));
        StoreFolder.Delete("twice", folder.Path);
        Assert.Empty(StoreFolder.List(folder.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../x")]
    [InlineData("/etc/passwd")]
    [InlineData("a\0b")]
    [InlineData("C:\\x")]
    [InlineData("%")]
    public void Odd_names_are_no_runs(string name)
    {
        Trained();

        Assert.Contains("There is no run", Assert.Throws<InputException>(() => StoreFolder.Find(name, folder.Path)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Deleted_run_is_gone()
    {
        var run = Trained();

        StoreFolder.Delete(run.Id, folder.Path);

        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Run_that_trains_here_is_not_deleted()
    {
        var run = Run.Start(new(Worlds.Empty(4, 4), new QLearning(), Episodes: null), folder.Options);

        Assert.Throws<InputException>(() => StoreFolder.Delete(run.Id, folder.Path));

        run.Stop();
        await run;
        Assert.Equal(RunState.Stopped, StoreFolder.Find(run.Id, folder.Path).State);
    }

    [Fact]
    public void Run_of_which_it_cannot_be_seen_who_trains_it_is_not_deleted()
    {
        var run = Trained();
        using (var other = StoreFile.Write(folder.FileOf(run)))
        {
            other.Run("PRAGMA journal_mode = DELETE");
            other.Run("BEGIN EXCLUSIVE");

            Assert.Contains("another program has the file open",
                Assert.Throws<InputException>(() => StoreFolder.Delete(run.Id, folder.Path)).Message, StringComparison.Ordinal);
        }

        Assert.Equal(RunState.Completed, StoreFolder.Find(run.Id, folder.Path).State);
    }

    [Fact]
    public void Foreign_and_broken_files_are_listed_with_what_is_wrong_and_left_as_they_are()
    {
        var run = Trained();
        byte[] good = File.ReadAllBytes(folder.FileOf(run));
        Write("empty", []);
        Write("text", "no database"u8.ToArray());
        Write("cut", good[..(good.Length / 2)]);
        Write("newer", Changed(60, 99));
        Write("foreign", Changed(68, 1));
        Write("renamed", good);
        File.CreateSymbolicLink(Path.Combine(folder.Path, "link.run.db"), folder.FileOf(run));
        var before = Directory.GetFiles(folder.Path).ToDictionary(f => f, File.ReadAllBytes);

        var errors = StoreFolder.List(folder.Path).Where(r => r.Error is not null).ToDictionary(r => r.Id, r => r.Error!);

        Assert.Equal(["cut", "empty", "foreign", "link", "newer", "renamed", "text"], errors.Keys.Order());
        Assert.Contains("it is empty", errors["empty"], StringComparison.Ordinal);
        Assert.Contains("has no SQLite header", errors["text"], StringComparison.Ordinal);
        Assert.Contains("is truncated", errors["cut"], StringComparison.Ordinal);
        Assert.Contains("newer version", errors["newer"], StringComparison.Ordinal);
        Assert.Contains("another program", errors["foreign"], StringComparison.Ordinal);
        Assert.Contains("is a link", errors["link"], StringComparison.Ordinal);
        Assert.Contains($"contains the run {run.Id}", errors["renamed"], StringComparison.Ordinal);
        foreach (string id in errors.Keys.Where(id => id != "renamed"))
            Assert.Throws<InputException>(() => Run.Resume(id, folder.Path));
        Assert.Equal(before.Keys.Order(), Directory.GetFiles(folder.Path).Order());
        Assert.All(before, f => Assert.True(f.Value.AsSpan().SequenceEqual(File.ReadAllBytes(f.Key)), f.Key));

        void Write(string id, byte[] bytes) => File.WriteAllBytes(Path.Combine(folder.Path, id + ".run.db"), bytes);

        byte[] Changed(int offset, byte value)
        {
            byte[] copy = [.. good];
            copy[offset + 3] = value;
            return copy;
        }
    }

    public void Dispose() => folder.Dispose();
}
