using Microsoft.Playwright;

namespace GridWorld.Tests.Browser;

/// <summary>axe-core, the rules of WCAG 2.2 A and AA and best practice, over every tab.</summary>
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
}
