using System.Diagnostics;

namespace GridWorld.Tests;

/// <summary>What containers and services often lack: a home folder, and a disk that can be written.</summary>
public sealed class BareMachineTests : IDisposable
{
    static readonly string[] train = ["train", "--world", "cliff-walking", "--episodes", "200", "--json"];
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Without_a_home_folder_it_trains_and_stores()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "env is that of Linux.");
        using var process = Cli.StartWith("--unset=HOME", folder.Path, train);

        var here = (await Cli.EndAsync(process)).Json;
        var there = (await Cli.RunAsync([.. train, "--store", folder.At("other")])).Json;

        Assert.Equal(there.GetProperty("q_checksum").GetDouble(), here.GetProperty("q_checksum").GetDouble());
        Assert.Single(Directory.GetFiles(folder.At(".gridworld"), "*.db"));
    }

    [Fact]
    public async Task With_a_read_only_disk_it_needs_nothing_but_its_store()
    {
        var refused = await ReadOnlyAsync("/", train);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("The run cannot be stored in /.gridworld", refused.Error);

        string store = Directory.CreateDirectory(folder.At("volume")).FullName;
        Assert.Equal(200, (await ReadOnlyAsync(store, [.. train, "--store", store])).Json.GetProperty("episodes").GetInt32());
    }

    // A view of the file system of its own, in which all but a small disk in memory is read-only.
    static async Task<Outcome> ReadOnlyAsync(string at, string[] command)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "unshare is that of Linux.");
        const string Script = """
            [ "$1" = / ] || mount -t tmpfs none "$1" || exit 77
            mount -o remount,ro,bind / || exit 77
            cd "$1" && shift && exec dotnet "$@"
            """;
        string[] arguments = ["--mount", "bash", "-c", Script, "bash", at, Cli.Program, .. command];
        using var process = Process.Start(new ProcessStartInfo("unshare", arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var outcome = await Cli.EndAsync(process);
        Assert.SkipWhen(outcome.ExitCode is 77 || outcome.Error.StartsWith("unshare", StringComparison.Ordinal),
            $"A file system can be made read-only by root only: {outcome.Error}");
        return outcome;
    }
}
