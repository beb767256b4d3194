using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(GridWorld.Tests.BrowserFixture))]

namespace GridWorld.Tests;

/// <summary>One headless Chromium for all browser tests, started for the first; without one they are skipped, and say so.</summary>
public sealed class BrowserFixture : IAsyncDisposable
{
    readonly Lazy<Task<(IPlaywright Playwright, IBrowser Browser)?>> started = new(StartAsync);

    static async Task<(IPlaywright, IBrowser)?> StartAsync()
    {
        if (Build.InstalledBrowser.Find() is not { } path)
            return null;
        var playwright = await Playwright.CreateAsync();
        // As root, as in a container, Chromium starts without its sandbox only.
        return (playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = ["--no-sandbox"] }));
    }

    public async ValueTask DisposeAsync()
    {
        if (!started.IsValueCreated || await started.Value is not { } both)
            return;
        await both.Browser.DisposeAsync();
        both.Playwright.Dispose();
    }

    /// <summary>A browser window of its own, with nothing kept from others.</summary>
    public async Task<WidgetPage> OpenAsync(string url, ColorScheme scheme = ColorScheme.Light, int width = 1280, int height = 900,
        bool isCuttable = true, string? locale = null)
    {
        var both = await started.Value;
        Assert.SkipWhen(both is null,
            $"No browser was found: install Chromium, Chrome or Edge, or set {Build.InstalledBrowser.Variable} to its path.");
        var context = await both!.Value.Browser.NewContextAsync(new() { ColorScheme = scheme,
            ViewportSize = new() { Width = width, Height = height },
            AcceptDownloads = true, Locale = locale });
        var page = new WidgetPage(await context.NewPageAsync());
        if (isCuttable)
            await page.AllowCutsAsync();
        await page.Page.GotoAsync(url);
        return page;
    }
}
