using System.Diagnostics;

namespace GridWorld.Tests;

/// <summary>A test assembly as a process of its own, which plays the part that a variable names.</summary>
internal static class OwnProcess
{
    const string Variable = "GRIDWORLD_TEST_PROCESS";

    /// <summary>
    /// How to start it; what it says can be read. It hears signals even if this process, started by nohup or with &amp;, does not.
    /// </summary>
    /// <param name="part">The part's name.</param>
    /// <param name="value">What the part is told.</param>
    /// <param name="shell">A command that starts it, to stand between the two.</param>
    public static ProcessStartInfo As(string part, string value, params string[] shell)
    {
        string[] command = [.. shell, .. OperatingSystem.IsLinux() ? ["env", "--default-signal=HUP,INT,TERM"] : Array.Empty<string>(),
            "dotnet", "exec", typeof(OwnProcess).Assembly.Location];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment[Variable] = $"{part}={value}";
        return start;
    }

    /// <summary>In the started process: what the part is told; null for any other part, and in any other process.</summary>
    public static string? Told(string part) =>
        Environment.GetEnvironmentVariable(Variable) is { } told && told.StartsWith(part + "=", StringComparison.Ordinal)
        ? told[(part.Length + 1)..] : null;
}
