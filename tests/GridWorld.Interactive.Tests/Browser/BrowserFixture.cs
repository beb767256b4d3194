using Microsoft.Playwright;

namespace GridWorld.Tests.Browser;

/// <summary>One headless Chromium for all browser tests; without one they are skipped, and say so.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    const string Variable = "GRIDWORLD_BROWSER";
    static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"];

    IPlaywright? playwright;
    IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        if (Find() is not { } path)
            return;
        playwright = await Playwright.CreateAsync();
        // As root, as in a container, Chromium starts without its sandbox only.
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = ["--no-sandbox"] });
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
    }

    /// <summary>A browser window of its own, with nothing kept from others.</summary>
    public async Task<WidgetPage> OpenAsync(string url, ColorScheme scheme = ColorScheme.Light, int width = 1280, bool isCuttable = true, string? locale = null)
    {
        Assert.SkipWhen(browser is null, $"No browser was found: install Chromium, Chrome or Edge, or set {Variable} to its path.");
        var context = await browser!.NewContextAsync(new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 }, AcceptDownloads = true, Locale = locale });
        var page = new WidgetPage(await context.NewPageAsync());
        if (isCuttable)
            await page.AllowCutsAsync();
        await page.Page.GotoAsync(url);
        return page;
    }

    static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen)
            return File.Exists(chosen) ? chosen : throw new FileNotFoundException($"{Variable} names '{chosen}', which does not exist.");
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, OperatingSystem.IsWindows() ? $"{name}.exe" : name)))
            .FirstOrDefault(File.Exists);
    }
}
