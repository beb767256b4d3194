namespace GridWorld.Build;

/// <summary>A Chromium, Chrome or Edge that is on this machine. The tests use it, and <c>gridworld doctor</c> reports it.</summary>
public static class InstalledBrowser
{
    public const string Variable = "GRIDWORLD_BROWSER";

    // Without a window, the same pages take half the processor time in a headless shell.
    static readonly string[] Names = ["chromium-headless-shell", "chrome-headless-shell",
        "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge"];

    /// <summary>The chosen one, or the first of them that is there, a headless shell before others; null where none is.</summary>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen)
            return File.Exists(chosen) ? chosen : throw new FileNotFoundException($"{Variable} names '{chosen}', which does not exist.");

        var onPath =
            from name in Names
            from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            select Path.Combine(folder, OperatingSystem.IsWindows() ? $"{name}.exe" : name);
        string[] programFolders = [
            Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles),
            Environment.GetFolderPath(Environment.SpecialFolder.ProgramFilesX86),
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)];
        string[] usual = [
            "/snap/bin/chromium",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "/Applications/Chromium.app/Contents/MacOS/Chromium",
            "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
            .. programFolders.Select(folder => Path.Combine(folder, "Google", "Chrome", "Application", "chrome.exe")),
            .. programFolders.Select(folder => Path.Combine(folder, "Microsoft", "Edge", "Application", "msedge.exe"))];
        return onPath.Concat(usual).FirstOrDefault(File.Exists) ?? OfPlaywright();
    }

    /// <summary>The newest Chromium that Playwright has installed, a headless shell before others; null where none is.</summary>
    public static string? OfPlaywright()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var cache = Environment.GetEnvironmentVariable("PLAYWRIGHT_BROWSERS_PATH") is { Length: > 0 } set ? set
            : OperatingSystem.IsWindows()
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "ms-playwright")
            : OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Caches", "ms-playwright")
            : Path.Combine(home, ".cache", "ms-playwright");
        if (!Directory.Exists(cache)) return null;
        string[] programs = ["chrome-headless-shell", "headless_shell", "chrome", "Chromium", "Google Chrome for Testing"];
        return Directory.GetDirectories(cache, "chromium*-*").OrderDescending(StringComparer.Ordinal)
            .SelectMany(folder => programs.SelectMany(name =>
                Directory.GetFiles(folder, OperatingSystem.IsWindows() ? $"{name}.exe" : name, SearchOption.AllDirectories)))
            .FirstOrDefault();
    }
}
