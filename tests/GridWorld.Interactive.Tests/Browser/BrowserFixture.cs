using Microsoft.Playwright;

namespace GridWorld.Tests;

/// <summary>One headless Chromium for all browser tests; without one they are skipped, and say so.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    IPlaywright? playwright;
    IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        if (Build.InstalledBrowser.Find() is not { } path)
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
    public async Task<WidgetPage> OpenAsync(string url, ColorScheme scheme = ColorScheme.Light, int width = 1280, bool isCuttable = true,
        string? locale = null)
    {
        Assert.SkipWhen(browser is null,
            $"No browser was found: install Chromium, Chrome or Edge, or set {Build.InstalledBrowser.Variable} to its path.");
        var context = await browser!.NewContextAsync(new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 },
            AcceptDownloads = true, Locale = locale });
        var page = new WidgetPage(await context.NewPageAsync());
        if (isCuttable)
            await page.AllowCutsAsync();
        await page.Page.GotoAsync(url);
        return page;
    }
}
