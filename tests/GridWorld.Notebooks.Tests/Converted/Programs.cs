using System.Diagnostics;

namespace GridWorld.Tests;

/// <summary>Other people's programs, where this machine has them.</summary>
internal static class Programs
{
    /// <summary>
    /// The first of these that is on PATH; what the variable names goes before. The test that needs it is skipped where there is none.
    /// </summary>
    public static string Find(string what, string? variable, params string[] names)
    {
        if (variable is not null && Environment.GetEnvironmentVariable(variable) is { Length: > 0 } chosen) return chosen;
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/bin")
            .SelectMany(folder => names.Select(name => Path.Combine(folder, OperatingSystem.IsWindows() ? $"{name}.exe" : name)))
            .FirstOrDefault(File.Exists);
        Assert.SkipWhen(found is null, $"{what} is not installed.");
        return found!;
    }

    public static async Task RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken,
        params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(cancellationToken),
                process.StandardError.ReadToEndAsync(cancellationToken));
            await process.WaitForExitAsync(cancellationToken);
            Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}:\n{await output}\n{await error}");
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
