using Microsoft.Playwright;

namespace GridWorld.Tests;

/// <summary>The page at every width, light and dark, in pictures.</summary>
public sealed class PictureTests(BrowserFixture browser)
{
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
                await page.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{scheme}-{width}.png".ToLowerInvariant()),
                    FullPage = true });
                Assert.Equal(width,
                    await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")); // Nothing sticks out to the side.
            }
        }
    }
}
