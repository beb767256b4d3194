using System.ComponentModel;
using System.Diagnostics;

namespace GridWorld;

/// <summary>Opens an address in the user's browser, if there seems to be one.</summary>
internal static class BrowserWindow
{
    public const string Variable = "GRIDWORLD_BROWSER_OPEN";

    public static void Open(string url)
    {
        if (Command(url) is not { } command)
            return;
        try
        {
            Process.Start(command)?.Dispose();
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or FileNotFoundException)
        {
            // The address is printed in any case.
        }
    }

    /// <summary>The command that opens the address; null if no one would see the browser. No shell reads the address.</summary>
    public static ProcessStartInfo? Command(string url)
    {
        if (Set(Variable) == "0" || Set("CI") is not null || Console.IsOutputRedirected)
            return null;
        if (OperatingSystem.IsWindows())
            return new(url) { UseShellExecute = true };
        if (OperatingSystem.IsMacOS())
            return Quiet("open");
        if (Set("BROWSER") is { } browser && !browser.Contains(' ') && !browser.Contains('%'))
            return Quiet(browser);
        return Set("DISPLAY") is null && Set("WAYLAND_DISPLAY") is null ? null : Quiet("xdg-open");

        ProcessStartInfo Quiet(string program) => new(program, [url]) { RedirectStandardOutput = true, RedirectStandardError = true };
    }

    static string? Set(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
}
