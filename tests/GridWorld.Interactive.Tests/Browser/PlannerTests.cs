using System.Globalization;

namespace GridWorld.Tests;

/// <summary>Value iteration, watched pass by pass.</summary>
public sealed class PlannerTests(BrowserFixture browser)
{
    const double Discount = 0.9;

    [Fact]
    public async Task Every_pass_on_the_lake_shows_the_values_of_an_independent_solver()
    {
        await using var server = WidgetServer.Start();
        var run = Worlds.FrozenLake4x4().Train(new ValueIterationPlanner { DiscountFactor = Discount }, episodes: null,
            options: RunOptions.InMemory with { StartPaused = true });
        server.Register(run);
        await using var page = await browser.OpenAsync(server.Url(run.Id));
        await page.IsLive();
        await WidgetPage.Until("the curve is that of a planner", () => page.Page.Locator(".curve-card h2").InnerTextAsync(),
            title => title == "Value at the start, pass by pass");
        Assert.Equal(2, await page.Page.Locator(".fields .field:visible").CountAsync()); // discount factor and threshold

        for (var pass = 1; pass <= 8; pass++)
        {
            await page.At("one-episode").ClickAsync();
            await WidgetPage.Until($"pass {pass} is shown", page.Episode, episode => episode == pass);
            var (values, before) = (Lake.ValuesAfter(pass), Lake.ValuesAfter(pass - 1));
            var row = page.Page.Locator(".rows:visible .row").First;
            await WidgetPage.Until($"pass {pass} is a row", () => row.Locator("span").AllInnerTextsAsync(), texts => texts[0] == $"{pass}");
            var texts = await row.Locator("span").AllInnerTextsAsync();
            Assert.Equal("11", texts[2]);
            Near(values[0], texts[1]);
            Near(Enumerable.Range(0, 16).Max(s => Math.Abs(values[s] - before[s])), texts[3]);
            foreach (var state in (int[])[14, 10, 6])
            {
                await Inspect(page, state);
                await page.Becomes("state-facts", "state", $"{state}");
                var shown = await WidgetPage.Until($"state {state} after pass {pass}", () => page.At("state-facts").InnerTextAsync(),
                    text => text.Contains($"after {pass} update", StringComparison.Ordinal));
                Near(values[state], shown.Split("value ")[1].Split(' ')[0]);
            }
        }

        await page.At("pause").ClickAsync();
        await page.Becomes("state", "state", "completed");
        var optimal = Planner.Solve(run.World.Compile(), Discount, TestContext.Current.CancellationToken).StartValue;
        // The facts are drawn in a pass of their own.
        await WidgetPage.Until("the value is the optimum", () => page.At("return-last-100").InnerTextAsync(),
            shown => IsNear(optimal, shown));
        await WidgetPage.Until("all actions are optimal", () => page.At("optimal-actions").InnerTextAsync(), share => share == "100");
        Assert.Empty(page.Complaints);
    }

    /// <summary>Russell and Norvig, 4th ed., figure 17.2: the step rewards at which the policy changes.</summary>
    [Fact]
    public async Task Slider_snaps_to_the_breakpoints_of_the_step_reward()
    {
        await using var server = WidgetServer.Start();
        var run = Worlds.Aima4x3().Train(new ValueIterationPlanner { DiscountFactor = 1 }, episodes: 5, options: RunOptions.InMemory);
        await run;
        server.Register(run);
        await using var page = await browser.OpenAsync(server.Url(run.Id));
        await page.IsLive();

        await page.At("tab-breakpoints").ClickAsync();
        await page.At("breakpoints-parameter").SelectOptionAsync("step_reward");
        await page.At("breakpoints-find").ClickAsync();
        await page.At("breakpoints-slider").WaitForAsync();
        await page.At("breakpoints-slider").PressAsync("Home");
        var last = int.Parse((await page.At("breakpoints-slider").GetAttributeAsync("max"))!, CultureInfo.InvariantCulture);
        var ends = new List<double>();
        for (var place = 0; place <= last; place++)
        {
            var words = (await page.At("breakpoints-words").InnerTextAsync()).Replace('−', '-');
            var ranges = words.Split("between ")[1].Split(':')[0].Split(" and ")
                .Select(end => double.Parse(end, CultureInfo.InvariantCulture)).ToList();
            Assert.Equal(place == 0 ? -2 : ends[^1], ranges[0]);
            ends.Add(ranges[1]);
            await page.At("breakpoints-slider").PressAsync("ArrowRight");
        }

        Assert.Equal(0, ends[^1]);
        Assert.All([-1.6497, -0.7311, -0.4526, -0.0274], known => Assert.Contains(ends, end => Math.Abs(end - known) < 6e-5));
        Assert.Empty(page.Complaints);
    }

    static async Task Inspect(WidgetPage page, int state)
    {
        var map = page.At("map");
        var box = (await map.BoundingBoxAsync())!;
        var place = await map.EvaluateAsync<double[]>("m => [m.dataset.cell, m.dataset.left, m.dataset.top].map(Number)");
        await page.Page.Mouse.MoveAsync((float)(box.X + place[1] + (state % 4 + 0.5) * place[0]),
            (float)(box.Y + place[2] + (state / 4 + 0.5) * place[0]));
    }

    static void Near(double expected, string shown) => Assert.True(IsNear(expected, shown), $"{shown} is shown, not {expected}.");

    // The page shows two or three digits.
    static bool IsNear(double expected, string shown) =>
        Math.Abs(expected - double.Parse(shown.Replace('−', '-'), CultureInfo.InvariantCulture)) <= Math.Max(0.0005, 0.01 * expected);

    /// <summary>The lake of Gymnasium, written once more: a third each for the chosen way and those beside it; 1 for the goal.</summary>
    static class Lake
    {
        const string Map = "SFFFFHFHFFFHHFFG";

        public static double[] ValuesAfter(int passes)
        {
            var values = new double[16];
            for (var k = 0; k < passes; k++)
            {
                var known = values;
                values = [.. Enumerable.Range(0, 16).Select(s => Map[s] is 'H' or 'G' ? 0
                    : Enumerable.Range(0, 4).Max(a => new[] { a + 3, a, a + 1 }.Sum(way => Worth(known, s, way % 4)) / 3))];
            }

            return values;
        }

        static double Worth(double[] values, int state, int way)
        {
            int x = state % 4 + (way == 2 ? 1 : way == 0 ? -1 : 0), y = state / 4 + (way == 1 ? 1 : way == 3 ? -1 : 0);
            var next = x is < 0 or > 3 || y is < 0 or > 3 ? state : 4 * y + x;
            return (Map[next] == 'G' ? 1 : 0) + Discount * values[next];
        }
    }
}
