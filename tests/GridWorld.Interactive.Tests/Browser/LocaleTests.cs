using System.Globalization;
using Microsoft.Playwright;

namespace GridWorld.Tests;

/// <summary>The page in a browser of another language, and names that would turn what stands beside them.</summary>
public sealed class LocaleTests(BrowserFixture browser)
{
    [Fact]
    public async Task Arabic_browser_reads_the_page_from_left_to_right_with_English_numbers()
    {
        await using var ended = new EndedRun(Worlds.CliffWalking().WithName("عالم"));
        await using var page = await browser.OpenAsync(ended.Url, locale: "ar");
        await page.Becomes("state", "state", "completed");
        await WidgetPage.Until("the range of Q is there", () => page.At("q-range").InnerTextAsync(),
            text => text.Contains('/', StringComparison.Ordinal));

        // Where the characters of a text stand, from left to right.
        var size = await page.Page.EvaluateAsync<string>(Seen, ".head h1");
        var range = MapOnPage.Numbers(await page.Page.EvaluateAsync<string>(Seen, "[data-testid=q-range]"));

        Assert.Contains("12 × 4", size, StringComparison.Ordinal);
        Assert.Equal(range.Order(), range);
        Assert.Equal(ended.Run.Episodes,
            long.Parse(await page.At("episode").InnerTextAsync(), NumberStyles.AllowThousands, CultureInfo.InvariantCulture));
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Name_with_a_direction_override_shows_it_and_turns_nothing()
    {
        await using var server = WidgetServer.Start();
        var run = Worlds.CliffWalking().Train(new QLearning(), 50, name: "evil\u202Egnp.run", options: RunOptions.InMemory);
        await run;
        server.Register(run);
        await using var page = await browser.OpenAsync(server.Url(run.Id));
        await page.Becomes("state", "state", "completed");

        Assert.Equal(@"evil\u202egnp.run", await page.At("run-name").InnerTextAsync());
        Assert.Contains(@"evil\u202egnp.run", await page.Page.EvaluateAsync<string>(Seen, ".head h1"), StringComparison.Ordinal);
        Assert.DoesNotContain('\u202E', await page.Page.EvaluateAsync<string>("document.title + document.body.innerText"));
        Assert.Empty(page.Complaints);
    }

    const string Seen = """
        selector => {
          const walker = document.createTreeWalker(document.querySelector(selector), NodeFilter.SHOW_TEXT), found = [];
          for (let node = walker.nextNode(); node; node = walker.nextNode())
            for (let i = 0; i < node.length; i++) {
              const range = document.createRange();
              range.setStart(node, i);
              range.setEnd(node, i + 1);
              const box = range.getBoundingClientRect();
              found.push({ c: node.data[i], x: box.left, y: Math.round(box.top / 4), w: box.width });
            }
          return found.filter(f => f.w > 0).sort((a, b) => a.y - b.y || a.x - b.x).map(f => f.c).join("");
        }
        """;
}
