using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace GridWorld.Tests;

/// <summary>A process that trains while its file cannot be written: its exit code tells whether the end was stored.</summary>
public sealed class LostStoreTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    string? mounted;

    [Fact]
    public async Task File_that_is_locked_for_a_while_holds_the_whole_run_in_the_end()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Windows has no SIGTERM to send.");
        string store = folder.At("store");
        var (process, id, client) = await Train(store);
        using (process)
        using (client)
        {
            using (Locked(store, id))
                await Happens(client, id, RunEventKind.StoreError);
            await Happens(client, id, RunEventKind.StoreRecovered);

            var outcome = await Cli.SignalAsync(process, "TERM");

            var stored = StoreFolder.Find(id, store);
            Assert.Equal((RunState.Stopped, outcome.Json.GetProperty("episodes").GetInt64()), (stored.State, stored.Episodes));
            Assert.False(outcome.Json.TryGetProperty("store_error", out _));
            Assert.StartsWith($"Stopped after episode {stored.Episodes}.", outcome.ErrorLines[^1], StringComparison.Ordinal);
            Assert.Equal([], StoreFolder.Verify(id, store, cancellationToken: TestContext.Current.CancellationToken));
        }
    }

    [Theory]
    [InlineData("locked")]
    [InlineData("replaced")]
    [InlineData("on a full disk")]
    public async Task End_that_is_not_in_the_file_is_said_to_the_last(string how)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Windows has no SIGTERM to send.");
        string store = how == "on a full disk" ? SmallDisk() : folder.At("store");
        var (process, id, client) = await Train(store);
        using (process)
        using (client)
        {
            using var locked = how == "locked" ? Locked(store, id) : null;
            if (how == "replaced")
                await Replace(store, id);
            else if (how == "on a full disk")
                Fill(store);
            await Happens(client, id, RunEventKind.StoreError);

            var outcome = await Cli.SignalAsync(process, "TERM");

            // The log that stays beside an older copy may hold what the copy lacks: then the file is whole after all.
            if (how == "replaced" && outcome.ExitCode == 0)
            {
                Assert.Equal(outcome.Json.GetProperty("episodes").GetInt64(), StoreFolder.Find(id, store).Episodes);
                Assert.Equal([], StoreFolder.Verify(id, store, cancellationToken: TestContext.Current.CancellationToken));
                return;
            }

            Assert.Equal(1, outcome.ExitCode);
            Assert.StartsWith("The end of the run could not be stored.", outcome.ErrorLines[^1], StringComparison.Ordinal);
            long episodes = JsonDocument.Parse(outcome.Output).RootElement.GetProperty("episodes").GetInt64();
            Assert.Equal(episodes, StoreFolder.Find(id, folder.At("tmp/gridworld-rescued")).Episodes);
            locked?.Dispose();
            var left = StoreFolder.Find(id, store);
            Assert.Equal((null, RunState.Interrupted), (left.Error, left.State));
            Assert.InRange(left.Episodes, 0, episodes);
        }
    }

    async Task<(Process Process, string Id, HttpClient Client)> Train(string store)
    {
        Directory.CreateDirectory(folder.At("tmp"));
        var process = Cli.StartWith($"TMPDIR={folder.At("tmp")}", folder.Path,
            "train", "--world", "windy", "--pace", "100000", "--checkpoint-every", "10", "--episodes", "10000000", "--store", store,
            "--json", "--serve");
        var url = new Uri((await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken))!);
        string[] parts = url.Fragment[1..].Split('/');
        return (process, parts[^1],
            new() { BaseAddress = new(url, "/"),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", parts[0]) } });
    }

    static async Task Happens(HttpClient client, string id, RunEventKind kind)
    {
        string what = JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());
        for (var begun = Stopwatch.GetTimestamp(); ; await Task.Delay(50, TestContext.Current.CancellationToken))
        {
            if ((await client.GetStringAsync($"api/events?session={id}", TestContext.Current.CancellationToken)).Contains($"\"{what}\"",
                StringComparison.Ordinal))
                return;
            Assert.True(Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(60), $"The event {what} did not come.");
        }
    }

    static SqliteConnection Locked(string store, string id)
    {
        var connection = new SqliteConnection($"Data Source={RunFiles.PathOf(store, id)};Pooling=False");
        connection.Open();
        connection.Run("BEGIN IMMEDIATE");
        return connection;
    }

    // By an older copy of the same run: it would take what follows, but lacks what was written meanwhile.
    static async Task Replace(string store, string id)
    {
        string path = RunFiles.PathOf(store, id);
        StoreFile.Copy(path, path + ".copy");
        for (long copied = StoreFolder.Find(id, store).Episodes; StoreFolder.Find(id, store).Episodes <= copied;)
            await Task.Delay(20, TestContext.Current.CancellationToken);
        File.Move(path + ".copy", path, overwrite: true);
    }

    string SmallDisk()
    {
        string place = Directory.CreateDirectory(folder.At("disk")).FullName;
        using var mount = Process.Start(new ProcessStartInfo("mount",
            ["-t", "tmpfs", "-o", "size=2m", "tmpfs", place]) { RedirectStandardError = true })!;
        mount.WaitForExit();
        Assert.SkipUnless(mount.ExitCode == 0, "A small disk can be mounted by root only.");
        return mounted = place;
    }

    static void Fill(string disk)
    {
        try
        {
            using var file = File.Create(Path.Combine(disk, "filler"));
            for (byte[] block = new byte[4096]; ; file.Flush())
                file.Write(block);
        }
        catch (IOException)
        {
            // It is full.
        }
    }

    public void Dispose()
    {
        if (mounted is not null)
        {
            using var unmount = Process.Start("umount", [mounted]);
            unmount.WaitForExit();
        }

        folder.Dispose();
    }
}
