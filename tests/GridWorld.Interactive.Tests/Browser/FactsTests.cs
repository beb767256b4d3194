namespace GridWorld.Tests;

/// <summary>The head of the page: its numbers, and which run it is of.</summary>
public sealed class FactsTests(BrowserFixture browser)
{
    [Theory]
    [InlineData(360)]
    [InlineData(480)]
    [InlineData(600)]
    [InlineData(900)]
    [InlineData(1199)]
    [InlineData(1280)]
    public async Task No_number_is_cut_off(int width)
    {
        await using var ended = new EndedRun(Worlds.FrozenLake8x8(), 1000);
        await using var page = await browser.OpenAsync(ended.Url, width: width);
        await WidgetPage.Until("the optimum is there", () => page.At("greedy-value-unit").InnerTextAsync(),
            text => text.StartsWith("optimum 0.", StringComparison.Ordinal));

        var cut = await page.Page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('.facts dd, .facts dt')].filter(e => e.scrollWidth > e.clientWidth).map(e => e.innerText)");

        Assert.Empty(cut);

        // Before the optimum is known, and while the greedy policy never ends, the page is as high: nothing below moves.
        double grown = await page.Page.EvaluateAsync<double>("""
            () => {
              const [facts, value, unit] = [".facts", "[data-testid=greedy-value]", "[data-testid=greedy-value-unit]"]
                .map(at => document.querySelector(at));
              const before = facts.getBoundingClientRect().height;
              value.classList.add("words");
              [value.textContent, unit.textContent] = ["never ends", ""];
              return before - facts.getBoundingClientRect().height;
            }
            """);
        Assert.Equal(0, grown);
    }

    [Fact]
    public async Task Older_run_of_a_name_leads_to_the_newest()
    {
        await using var server = WidgetServer.Start();
        var runs = Enumerable.Range(1, 2)
            .Select(seed => Worlds.CliffWalking()
            .Train(new QLearning(), 20, seed: (ulong)seed, name: "same\u202Ename", options: RunOptions.InMemory)).ToList();
        foreach (var run in runs)
        {
            await run.Completion.WaitAsync(RawHttp.Patience, TestContext.Current.CancellationToken);
            server.Register(run);
        }

        await using var page = await browser.OpenAsync(server.Url(runs[0].Id));
        await page.At("newer-run").WaitForAsync();
        Assert.Equal(@"A newer run is also named same\u202ename.", await page.At("newer-run").GetAttributeAsync("title"));
        Assert.Contains("older", await page.Page.Locator($"[data-testid=runs] option[value='{runs[0].Id}']").InnerTextAsync(),
            StringComparison.Ordinal);

        await page.At("newer-run").ClickAsync();

        await WidgetPage.Until("the newer run is shown", () => page.At("runs").InputValueAsync(), id => id == runs[1].Id);
        await page.At("newer-run").WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Hidden });
        Assert.EndsWith("/" + runs[1].Id, page.Page.Url, StringComparison.Ordinal);
    }
}
