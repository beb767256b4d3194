using System.Diagnostics;
using System.Globalization;

namespace GridWorld.Tests;

public sealed class UnfinishedFileTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly int gone;

    public UnfinishedFileTests()
    {
        Directory.CreateDirectory(folder.Path);
        using var process = Process.Start(OperatingSystem.IsWindows() ? "hostname" : "true");
        process.WaitForExit();
        gone = process.Id;
    }

    [Fact]
    public void Next_list_of_a_store_removes_what_a_killed_process_left()
    {
        Leave($".empty-4x4-abc.run.db.{gone}.part");
        Leave($".empty-4x4-abc.run.db.{gone}.part-journal");
        Leave($"..runs.index.{gone}.part");
        Leave($".runs.index.{gone}.part");
        Leave(".of-an-older-version.run.db.new", old: true);

        StoreFolder.List(folder.Path);

        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Next_run_of_a_store_removes_it_as_well()
    {
        Leave($".empty-4x4-abc.run.db.{gone}.part");

        var run = Run.Start(new(World.Parse("SG"), new QLearning(), Episodes: 1), folder.Options);
        await run;

        Assert.Equal([folder.FileOf(run)], Directory.GetFileSystemEntries(folder.Path));
    }

    // A number may be that of a process on another machine or in another container: it lives while it has its file open.
    [Fact]
    public void What_is_being_written_is_left_alone()
    {
        string[] kept = [Leave(string.Create(CultureInfo.InvariantCulture, $".a.run.db.{Environment.ProcessId}.part")),
            Leave(".b.run.db.new"),
            Leave($".c.run.db.{gone}.part"), Leave($".d.run.db.{gone}.part"), Leave("e.part", old: true), Leave(".f.new", old: true),
                Leave(".g.part")];
        using var held = UnfinishedFile.Hold(kept[2]);
        using var output = new FileStream(kept[3], FileMode.Create, FileAccess.Write, FileShare.Read);

        StoreFolder.List(folder.Path);

        Assert.Equal(kept.Order(), Directory.GetFileSystemEntries(folder.Path).Order());
    }

    [Fact]
    public void Output_file_removes_what_an_earlier_one_of_its_name_left()
    {
        Leave($".metrics.json.{gone}.part");
        string other = Leave($".q.csv.{gone}.part"), place = Path.Combine(folder.Path, "metrics.json");

        using (var file = new OutputFile(place))
            file.Complete();

        Assert.Equal([other, place], Directory.GetFileSystemEntries(folder.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Regular_file_in_dev_shm_is_replaced_and_a_device_is_not()
    {
        Assert.SkipUnless(Directory.Exists("/dev/shm"), "There is no /dev/shm.");
        string place = "/dev/shm/" + Path.GetFileName(Path.GetDirectoryName(folder.Path));
        try
        {
            Write(place, "first");
            Write(place, "second");
            Write("/dev/null", "lost");

            Assert.Equal("second", File.ReadAllText(place));
            Assert.Empty(Directory.GetFiles("/dev/shm", $".{Path.GetFileName(place)}*"));
            Assert.Equal((true, false, false), (SpecialFile.Is("/dev/null"), SpecialFile.Is(place), SpecialFile.Is(place + "-absent")));
        }
        finally
        {
            File.Delete(place);
        }

        static void Write(string place, string text)
        {
            using var file = new OutputFile(place);
            file.Stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
            file.Complete();
        }
    }

    string Leave(string name, bool old = false)
    {
        string file = Path.Combine(folder.Path, name);
        File.WriteAllText(file, "unfinished");
        if (old)
            File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file) - TimeSpan.FromMinutes(11));
        return file;
    }

    public void Dispose() => folder.Dispose();
}
