using System.Diagnostics;

namespace GridWorld.Tests;

/// <summary>The command line, installed from its package as a person would, for cells that start it.</summary>
internal static class PackedTool
{
    static readonly Lazy<Task> installed = new(() => InstallAsync());

    /// <summary>From here on, <c>gridworld</c> is found by whoever this process starts.</summary>
    public static Task InstallAsync(CancellationToken cancellationToken) => installed.Value.WaitAsync(cancellationToken);

    static async Task InstallAsync()
    {
        var folder = Directory.CreateTempSubdirectory("gridworld-tool-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        using var install = Process.Start(new ProcessStartInfo("dotnet",
            ["tool", "install", "GridWorld.Cli", "--version", PackedVersion.Current, "--tool-path", folder, "--add-source",
            PackedVersion.Feed]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = install.StandardOutput.ReadToEndAsync();
        var error = install.StandardError.ReadToEndAsync();
        await install.WaitForExitAsync();
        Assert.True(install.ExitCode == 0, $"dotnet tool install GridWorld.Cli failed:\n{await output}\n{await error}");
        Environment.SetEnvironmentVariable("PATH", $"{folder}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}");
    }
}
