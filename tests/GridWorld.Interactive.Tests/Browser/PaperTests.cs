using System.Buffers.Binary;
using Microsoft.Playwright;

namespace GridWorld.Tests;

/// <summary>The pictures that the page saves: each must make sense to someone who has nothing else of the run.</summary>
public sealed class PaperTests(BrowserFixture browser)
{
    // What was written on the canvas that became the file, and how many colors the row with the most of them has.
    const string Watch = """
        (() => {
          const texts = new Map(), fillText = CanvasRenderingContext2D.prototype.fillText, toBlob = HTMLCanvasElement.prototype.toBlob;
          CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
            texts.set(this.canvas, [...(texts.get(this.canvas) ?? []), text]);
            return fillText.call(this, text, ...place);
          };
          HTMLCanvasElement.prototype.toBlob = function (...how) {
            const pixels = new Uint32Array(this.getContext("2d").getImageData(0, 0, this.width, this.height).data.buffer);
            const colors = Array.from({ length: this.height }, (_, y) =>
              new Set(pixels.subarray(y * this.width, (y + 1) * this.width)).size);
            window.paper = { words: texts.get(this).join(" "), width: this.width, height: this.height, colors: Math.max(...colors) };
            return toBlob.apply(this, how);
          };
        })()
        """;

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Curve_has_its_title_its_run_and_the_legend_of_the_page(ColorScheme scheme)
    {
        await using var ended = new EndedRun();
        await using var page = await OpenAsync(ended, scheme);
        var legend = await page.Page.Locator(".curve-card .legend > span:visible").AllInnerTextsAsync();

        var words = await Save(page, "curve");

        Assert.Contains("Return per episode, and steps per episode below", words, StringComparison.Ordinal);
        Assert.Contains("ended · q-learning · cliff-walking 12 × 4 · seed 3 · episode 200", words, StringComparison.Ordinal);
        Assert.Contains("min–max", legend);
        Assert.All(legend.Where(text => text.Length > 0), text => Assert.Contains(text, words, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("value", "World: Value")]
    [InlineData("visits", "World: Visits")]
    public async Task Map_has_its_title_its_run_and_the_scale_of_its_colors(string layer, string title)
    {
        await using var ended = new EndedRun();
        await using var page = await OpenAsync(ended, ColorScheme.Light);
        await page.Choose("world-card", layer);
        await page.Becomes("map", "layer", layer);
        var scale = await page.Page.Locator(".world-card .scale > span:not(.ramp), .world-card .meaning").AllInnerTextsAsync();

        var words = await Save(page, "world");

        Assert.Contains(title, words, StringComparison.Ordinal);
        Assert.Contains("ended · q-learning · cliff-walking 12 × 4 · seed 3 · episode 200", words, StringComparison.Ordinal);
        Assert.Equal(3, scale.Count(text => text.Length > 0));
        Assert.All(scale, text => Assert.Contains(text, words, StringComparison.Ordinal));
        // The ramp changes its color nearly from pixel to pixel; no row of the map does.
        Assert.InRange(await page.Page.EvaluateAsync<int>("window.paper.colors"), 100, int.MaxValue);
    }

    async Task<WidgetPage> OpenAsync(EndedRun ended, ColorScheme scheme)
    {
        var page = await browser.OpenAsync(ended.Url, scheme);
        await page.Becomes("curve", "last-episode", "200");
        await page.Grows("map", "version", 0);
        await page.Page.EvaluateAsync(Watch);
        await page.At("tab-downloads").ClickAsync();
        return page;
    }

    /// <summary>Saves a picture, and gives the words on it; the file is the canvas that they were written on.</summary>
    static async Task<string> Save(WidgetPage page, string what)
    {
        var download = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.Locator($"[data-what='{what}'][data-ending=png]")
            .ClickAsync());
        var file = await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        var size = await page.Page.EvaluateAsync<int[]>("[window.paper.width, window.paper.height]");
        Assert.Equal((size[0], size[1]),
            (BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(20))));
        Assert.Empty(page.Complaints);
        return await page.Page.EvaluateAsync<string>("window.paper.words");
    }
}
