using System.Diagnostics;

namespace GridWorld;

/// <summary>This test assembly as a process of its own, which does what a variable says.</summary>
internal static class OwnProcess
{
    /// <summary>How to start it; what it says can be read.</summary>
    public static ProcessStartInfo With(string variable, string value)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet")
            start.ArgumentList.Add(typeof(OwnProcess).Assembly.Location);
        start.Environment[variable] = value;
        return start;
    }
}
