namespace GridWorld.Build;

/// <summary>A Chromium for the browser tests: an installed one, or Playwright's, or Debian's.</summary>
public static class Browser
{
    /// <summary>Finds or installs a browser, and sets its path in the environment of all later processes.</summary>
    public static void Provide(Shell shell, string root)
    {
        var browser = InstalledBrowser.Find() ?? Playwrights(shell, root) ?? Debians(shell)
            ?? throw new StepFailed(
                "no browser found and none could be installed. Install Chromium, Chrome or Edge, or set "
                + $"{InstalledBrowser.Variable} to its path.");
        Console.WriteLine($"browser: {browser}");
        Environment.SetEnvironmentVariable(InstalledBrowser.Variable, browser);
    }

    /// <summary>The Playwright package of a built test project brings its own node and installer.</summary>
    static string? Playwrights(Shell shell, string root)
    {
        var tests = Path.Combine(root, "tests");
        var package = Directory.GetDirectories(tests, ".playwright",
            new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "package", "cli.js")));
        if (package is null) return null;
        shell.Try(4, "node", Path.Combine(package, "package", "cli.js"), "install", "chromium", "--only-shell");
        return InstalledBrowser.OfPlaywright();
    }

    static string? Debians(Shell shell)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess || !File.Exists("/usr/bin/apt-get")) return null;
        Environment.SetEnvironmentVariable("DEBIAN_FRONTEND", "noninteractive");
        shell.Try(3, "apt-get", "update", "-q");
        shell.Try(6, "apt-get", "install", "-q", "-y", "--no-install-recommends", "chromium-headless-shell");
        return InstalledBrowser.Find();
    }
}
