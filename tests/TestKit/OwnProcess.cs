using System.Diagnostics;
using System.Runtime.Loader;

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

    /// <summary>
    /// In the started process: plays the part, in this assembly loaded once more. While an assembly is being initialized, no other thread
    /// can run its code, and a learner or a clock of this one is called by others.
    /// </summary>
    /// <param name="part">The part's name.</param>
    /// <param name="play">A public static method, which is told the rest.</param>
    public static void Play(string part, Action<string> play)
    {
        var assembly = typeof(OwnProcess).Assembly;
        if (Told(part) is not { } told || AssemblyLoadContext.GetLoadContext(assembly) != AssemblyLoadContext.Default)
            return;
        var again = new AssemblyLoadContext("initialized").LoadFromAssemblyPath(assembly.Location);
        again.GetType(play.Method.DeclaringType!.FullName!)!.GetMethod(play.Method.Name)!.Invoke(null, [told]);
    }
}
