using Microsoft.Playwright;

namespace GridWorld.Tests;

/// <summary>axe-core, the rules of WCAG 2.2 A and AA and best practice, over every tab.</summary>
public sealed class AccessibilityTests(BrowserFixture browser)
{
    static string Axe =>
        File.ReadAllText(Path.Combine(Repository.Root, "GridWorld.Interactive", "widget", "node_modules", "axe-core", "axe.min.js"));

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 720)]
    public async Task Page_has_no_violation_in_any_tab(ColorScheme scheme, int width)
    {
        await using var served = new ServedRun();
        await using var page = await browser.OpenAsync(served.Url, scheme, width);
        await page.Grows("curve", "last-episode", 100);
        await page.Enter("epsilon", "5");
        await page.At("epsilon-error").WaitForAsync();

        var place = ":root"; // The whole page once, then what each tab brings.
        foreach (var tab in await page.Page.Locator("[role=tab]").AllAsync())
        {
            await tab.ClickAsync();
            await IsAccessible(page, await tab.InnerTextAsync(), place);
            place = ".bottom";
        }
    }

    [Theory]
    [InlineData(ForcedColors.None)]
    [InlineData(ForcedColors.Active)]
    public async Task Page_has_no_violation_in_any_mode(ForcedColors forced)
    {
        await using var ended = new EndedRun();
        var other = Worlds.CliffWalking().Train(new QLearning(), 100, seed: 2, name: "other", options: RunOptions.InMemory);
        await other;
        ended.Server.Register(other);
        await using var page = await browser.OpenAsync(ended.Url, ColorScheme.Dark, 720);
        await page.Page.EmulateMediaAsync(new() { ForcedColors = forced, ReducedMotion = ReducedMotion.Reduce });
        await page.Grows("map", "version", 0);
        await IsAccessible(page, "at first", ":root");

        await page.Choose("world-card", "edit");
        await page.ClickCellAsync(4, 1);
        await page.Becomes("editor", "verdict", "sound");
        await IsAccessible(page, "edit", ".world-card");
        await page.Choose("world-card", "drive");
        await page.Grows("driver", "state", 0);
        await page.Page.Keyboard.PressAsync("ArrowUp");
        await page.Becomes("driver", "steps", "1");
        await IsAccessible(page, "drive", ".world-card");
        await page.At("tab-agent").ClickAsync();
        await page.Enter("replay-number", "17");
        await page.Grows("agent", "length", 0);
        await IsAccessible(page, "replay", ".bottom");
        await page.At("tab-runs").ClickAsync();
        await page.At("compare").ScrollIntoViewIfNeededAsync();
        await WidgetPage.Until("both lines are drawn", () => page.Number("compare", "lines"), lines => lines == 2);
        await page.Page.Locator("[data-row='0'] .name").ClickAsync();
        await IsAccessible(page, "runs", ".bottom");
        await page.At("run-group").SelectOptionAsync("seeds");
        await page.At("run-filter").FillAsync("epsilom < 1");
        await page.At("filter-error").WaitForAsync();
        await IsAccessible(page, "runs in groups, and a filter with a fault", ".bottom");
        await page.At("time").EvaluateAsync("slider => { slider.value = 40; slider.dispatchEvent(new Event('input')); }");
        await page.Becomes("time-row", "at", "40");
        await page.At("fork").ClickAsync();
        await IsAccessible(page, "an earlier moment, and a fork of it", ":root");
        Assert.Empty(page.Complaints);
    }

    internal static async Task IsAccessible(WidgetPage page, string what, string place)
    {
        if (!await page.Page.EvaluateAsync<bool>("typeof axe === 'object'"))
            await page.Page.EvaluateAsync(Axe + "; undefined");
        var violations = await page.Page.EvaluateAsync<string[]>(
            "async place => (await axe.run(place, { resultTypes: ['violations'] })).violations.map(v => `${v.id}: ${v.help}"
            + " ${v.nodes.map(n => n.html).join(' | ')}`)", place);
        Assert.True(violations.Length == 0, $"{what}: {string.Join('\n', violations)}");
    }
}
