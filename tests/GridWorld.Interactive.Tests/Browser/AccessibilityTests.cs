using Microsoft.Playwright;

namespace GridWorld.Tests.Browser;

/// <summary>axe-core, the rules of WCAG 2.2 A and AA and best practice, over every tab; and pictures of what it looked at.</summary>
public sealed class AccessibilityTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    static string Axe => File.ReadAllText(Path.Combine(Repository.Root, "GridWorld.Interactive", "widget", "node_modules", "axe-core", "axe.min.js"));

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
        await page.Page.EvaluateAsync(Axe + "; undefined");

        var place = ":root"; // The whole page once, then what each tab brings.
        foreach (var tab in await page.Page.Locator("[role=tab]").AllAsync())
        {
            await tab.ClickAsync();
            var violations = await page.Page.EvaluateAsync<string[]>("async place => (await axe.run(place, { resultTypes: ['violations'] })).violations.map(v => `${v.id}: ${v.help} ${v.nodes.map(n => n.html).join(' | ')}`)", place);
            place = ".bottom";
            Assert.True(violations.Length == 0, $"{await tab.InnerTextAsync()}: {string.Join('\n', violations)}");
        }
    }

    [Fact]
    public async Task Pictures_are_kept_at_three_widths_light_and_dark()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "widget")).FullName;
        await using var served = new ServedRun();
        foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            foreach (var width in (int[])[380, 720, 1440])
            {
                await using var page = await browser.OpenAsync(served.Url, scheme, width);
                await page.Grows("curve", "last-episode", 0);
                await page.Grows("map", "version", 0);
                await page.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{scheme}-{width}.png".ToLowerInvariant()), FullPage = true });
                Assert.Equal(width, await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")); // Nothing sticks out to the side.
            }
        }
    }
}
