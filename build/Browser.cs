namespace GridWorld.Build;

/// <summary>A Chromium for the browser tests: an installed one, or Playwright's, or Debian's.</summary>
public static class Browser
{
    public const string Variable = "GRIDWORLD_BROWSER";

    static readonly string[] Names =
        ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge"];

    /// <summary>Finds or installs a browser, and sets its path in the environment of all later processes.</summary>
    public static void Provide(Shell shell, string root)
    {
        var browser = Installed() ?? Playwrights(shell, root) ?? Debians(shell)
            ?? throw new StepFailed(
                $"no browser found and none could be installed. Install Chromium, Chrome or Edge, or set {Variable} to its path.");
        Console.WriteLine($"browser: {browser}");
        Environment.SetEnvironmentVariable(Variable, browser);
    }

    /// <summary>The chosen one, or the first that is there; null where none is.</summary>
    public static string? Installed()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen)
            return File.Exists(chosen) ? chosen : throw new FileNotFoundException($"{Variable} names '{chosen}', which does not exist.");

        var onPath =
            from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            from name in Names
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
        return onPath.Concat(usual).FirstOrDefault(File.Exists) ?? PlaywrightCache();
    }

    /// <summary>The Playwright package of a built test project brings its own node and installer.</summary>
    static string? Playwrights(Shell shell, string root)
    {
        var tests = Path.Combine(root, "tests");
        var package = Directory.GetDirectories(tests, ".playwright",
            new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "package", "cli.js")));
        if (package is null) return null;
        shell.Try(4, "node", Path.Combine(package, "package", "cli.js"), "install", "chromium");
        return PlaywrightCache();
    }

    static string? PlaywrightCache()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var cache = Environment.GetEnvironmentVariable("PLAYWRIGHT_BROWSERS_PATH") is { Length: > 0 } set ? set
            : OperatingSystem.IsWindows()
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "ms-playwright")
            : OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Caches", "ms-playwright")
            : Path.Combine(home, ".cache", "ms-playwright");
        if (!Directory.Exists(cache)) return null;
        string[] programs = OperatingSystem.IsWindows()
            ? ["chrome.exe"] : OperatingSystem.IsMacOS() ? ["Chromium", "Google Chrome for Testing"] : ["chrome"];
        return Directory.GetDirectories(cache, "chromium-*").OrderDescending(StringComparer.Ordinal)
            .SelectMany(folder => programs.SelectMany(name => Directory.GetFiles(folder, name, SearchOption.AllDirectories)))
            .FirstOrDefault();
    }

    static string? Debians(Shell shell)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess || !File.Exists("/usr/bin/apt-get")) return null;
        Environment.SetEnvironmentVariable("DEBIAN_FRONTEND", "noninteractive");
        shell.Try(3, "apt-get", "update", "-q");
        shell.Try(6, "apt-get", "install", "-q", "-y", "--no-install-recommends", "chromium");
        return Installed();
    }
}
