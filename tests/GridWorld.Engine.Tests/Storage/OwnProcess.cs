using System.Diagnostics;

namespace GridWorld.Tests;

/// <summary>This test assembly as a process of its own, which does what a variable says.</summary>
internal static class OwnProcess
{
    /// <summary>How to start it; what it says can be read. It hears signals also where this process, started by nohup or behind an &amp;, does not.</summary>
    public static ProcessStartInfo With(string variable, string value)
    {
        string[] command = [.. OperatingSystem.IsLinux() ? ["env", "--default-signal=HUP,INT,TERM"] : Array.Empty<string>(), Environment.ProcessPath!,
            .. Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet" ? [typeof(OwnProcess).Assembly.Location] : Array.Empty<string>()];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[variable] = value;
        return start;
    }
}
