using System.Text.Json.Nodes;

namespace GridWorld.Tests;

/// <summary>The World card: look, edit, drive.</summary>
public sealed class WorldCardTests(BrowserFixture browser)
{
    [Theory]
    [InlineData("value"), InlineData("visits"), InlineData("td_error"), InlineData("optimal_value")]
    public async Task Colors_get_lighter_with_the_numbers_of_the_api(string layer)
    {
        await using var ended = new EndedRun();
        await using var page = await browser.OpenAsync(ended.Url);
        await page.Grows("map", "version", 0);
        await page.Choose("world-card", layer);
        await page.Becomes("map", "layer", layer);

        var light = await page.Page.EvaluateAsync<double[]>("""
            () => {
              const map = document.querySelector("[data-testid=map]");
              const [cell, left, top] = ["cell", "left", "top"].map(n => Number(map.dataset[n])),
                r = devicePixelRatio, c = map.getContext("2d");
              return Array.from({ length: 36 }, (_, s) => {
                const [red, green, blue] = c.getImageData(
                  Math.round((left + (s % 12 + 0.12) * cell) * r), Math.round((top + (Math.floor(s / 12) + 0.12) * cell) * r), 1, 1).data;
                return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
              });
            }
            """);
        var numbers = await Layer(ended, layer);
        var seen = Enumerable.Range(0, 36).Where(s => !double.IsNaN(numbers[s])).OrderBy(s => numbers[s]).ToList();

        Assert.True(seen.Count > 20);
        foreach (var (lower, higher) in seen.Zip(seen.Skip(1)))
            Assert.True(light[lower] <= light[higher] + 3,
                $"State {lower} ({numbers[lower]}) is lighter than {higher} ({numbers[higher]}).");
        Assert.True(light[seen[^1]] > light[seen[0]] + 60);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Every_layer_can_be_chosen_by_button_and_by_key()
    {
        await using var ended = new EndedRun();
        await using var page = await browser.OpenAsync(ended.Url);
        await page.Grows("map", "version", 0);

        foreach (var layer in MapLayer.Names)
        {
            await page.Becomes("map", "layer", layer);
            await page.Page.Keyboard.PressAsync("l");
        }

        await page.Becomes("map", "layer", "value");
        await page.Choose("world-card", "policy");
        await page.Becomes("map", "layer", "policy");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task State_under_pointer_and_keys_shows_the_row_of_the_table_and_a_click_keeps_it()
    {
        await using var ended = new EndedRun();
        await using var page = await browser.OpenAsync(ended.Url);
        await page.Grows("map", "version", 0);

        await page.PointAsync(3, 2);
        await page.Becomes("state-facts", "state", "27");
        await IsRow(27);

        await page.ClickCellAsync(3, 2);
        await page.At("last-visits").WaitForAsync();
        await page.Page.Mouse.MoveAsync(1, 1);
        await page.Becomes("state-facts", "state", "27");
        await page.At("map").FocusAsync();
        await page.Page.Keyboard.PressAsync("ArrowRight");
        await page.Becomes("state-facts", "state", "28");
        await IsRow(28);
        var greedy = Greedy.Of(ended.Run.Agent().Q.AsSpan(28 * 4, 4)).First;
        Assert.Matches($@"^\(4, 2\), floor: value −[\d.]+, best action {ended.Run.World.ActionNames[greedy]}; up −",
            await page.At("state-facts").Locator("[role=status]").TextContentAsync());
        await page.Page.Keyboard.PressAsync("ArrowDown");
        await WidgetPage.Until("the kind of the cell is said", () => page.At("state-facts").Locator("[role=status]").TextContentAsync(),
            said => said!.StartsWith("(4, 3), cliff: never visited; up 0", StringComparison.Ordinal));

        async Task IsRow(int state) => Assert.Equal(ended.Run.Agent().Q[(state * 4)..(state * 4 + 4)],
            MapOnPage.Numbers(await page.At("state-facts").Locator(".qs").InnerTextAsync()), (a, b) => Math.Abs(a - b) < 0.006);
    }

    [Fact]
    public async Task Click_before_the_answer_to_the_pointer_has_come_keeps_the_state_all_the_same()
    {
        await using var ended = new EndedRun();
        await using var page = await browser.OpenAsync(ended.Url);
        await page.Grows("map", "version", 0);
        var (asked, clicked) = (new TaskCompletionSource(), new TaskCompletionSource());
        await page.Page.RouteAsync("**/api/agent/state**", async route =>
        {
            asked.TrySetResult();
            await clicked.Task;
            await route.ContinueAsync();
        });

        await page.PointAsync(3, 2);
        await asked.Task;
        await page.ClickCellAsync(3, 2);
        clicked.SetResult();

        await page.At("last-visits").WaitForAsync();
        Assert.Equal(["0", "3"], page.Requests.Where(url => url.Contains("/api/agent/state")).Select(url => url[^1..]));
    }

    [Fact]
    public async Task Edited_world_is_judged_in_words_and_trained_on_as_a_new_run()
    {
        await using var ended = new EndedRun();
        await using var page = await browser.OpenAsync(ended.Url);
        await page.Grows("map", "version", 0);

        await page.Choose("world-card", "edit");
        await page.ClickCellAsync(0, 3); // the start
        await page.Becomes("editor", "verdict", "faulty");
        Assert.Contains("there is no start", await page.At("edit-note").InnerTextAsync());

        await page.Page.Keyboard.PressAsync("Control+z");
        await page.Becomes("editor", "changed", "0");
        await page.ClickCellAsync(2, 2);
        await page.ClickCellAsync(3, 2);
        await page.Choose("editor", "reward");
        await page.At("edit-reward").FillAsync("-7");
        await page.ClickCellAsync(5, 1);
        await page.Becomes("editor", "changed", "3");
        await page.Becomes("editor", "verdict", "sound");
        await page.At("edit-train").ClickAsync();

        await WidgetPage.Until("the page shows the new run", () => page.At("run-name").InnerTextAsync(),
            name => name.Contains("cliff-walking edited"));
        var world = ended.Server.Runs.Registered().Single(r => r.View.Id != ended.Run.Id).View.World;
        Assert.Equal(["S: -1", "#: True", "#: True", "-7"],
            [$"{world[0, 3]}: {world.Compile().Reward(0, 1)}", $"{world[2, 2]}: {world.IsWall(26)}", $"{world[3, 2]}: {world.IsWall(27)}",
            $"{world.Compile().Reward(4 + 12, 1)}"]);
        Assert.Equal('.', ended.Run.World[2, 2]);
    }

    [Fact]
    public async Task Driving_takes_the_steps_of_the_world_and_says_what_the_agent_would_do()
    {
        await using var ended = new EndedRun();
        await using var page = await browser.OpenAsync(ended.Url);
        await page.Grows("map", "version", 0);

        await page.Choose("world-card", "drive");
        await page.Becomes("driver", "state", "36");
        foreach (var (key, state) in new[] { ("ArrowUp", 24), ("KeyD", 25), ("ArrowDown", 36) })
        {
            await page.Page.Keyboard.PressAsync(key);
            await page.Becomes("driver", "state", $"{state}");
        }

        await page.Becomes("driver", "return", "-102"); // up, right, and down into the cliff
        await page.Becomes("driver", "steps", "3");
        Assert.Contains("You chose down: −100.", await page.At("drive-note").InnerTextAsync());
        Assert.Contains("Not optimal: right is.", await page.At("drive-note").InnerTextAsync());
        Assert.Equal("36", await page.Data("map-overlay", "agent"));
        Assert.Equal(200, ended.Run.Episodes);
    }

    [Theory]
    [InlineData(720)]
    [InlineData(1280)]
    public async Task Map_stays_where_it_is_under_the_pointer_that_keeps_a_state(int width)
    {
        await using var ended = new EndedRun(Worlds.FrozenLake8x8(), 2000);
        await using var page = await browser.OpenAsync(ended.Url, width: width);
        await page.Grows("map", "version", 0);
        var before = await Place();

        await page.PointAsync(2, 0);
        await page.Becomes("state-facts", "state", "2");
        Assert.Equal(before, await Place());
        await page.ClickCellAsync(2, 0);
        await page.At("last-visits").WaitForAsync();
        await page.Becomes("history", "after", "0");

        // What is told of the kept state stands below both.
        Assert.Equal(before, await Place());

        async Task<string> Place() =>
            await page.At("map")
            .EvaluateAsync<string>(
                "m => [m, document.querySelector('[data-testid=time-row]')].map(e => e.getBoundingClientRect())"
                + ".flatMap(b => [b.x, b.y + scrollY, b.width, b.height]).join(' ')");
    }

    [Fact]
    public async Task Values_of_one_state_never_stand_under_the_name_of_another()
    {
        await using var ended = new EndedRun();
        await using var page = await browser.OpenAsync(ended.Url);
        await page.Grows("map", "version", 0);
        await page.PointAsync(3, 2);
        await page.Becomes("state-facts", "state", "27");
        var known = await page.At("state-facts").Locator(".qs").InnerTextAsync();

        await page.Page.RouteAsync("**/api/agent/state**", route => route.AbortAsync());
        await page.PointAsync(8, 1);

        await WidgetPage.Until("it is said that the state could not be read", () => page.At("state-facts").InnerTextAsync(),
            text => text.Contains("(8, 1)") && text.Contains("Cannot reach the server"));
        Assert.DoesNotContain(known, await page.At("state-facts").InnerTextAsync());
        Assert.Null(await page.Data("state-facts", "state"));
    }

    [Fact]
    public async Task Driver_goes_on_by_keys_after_a_button_and_takes_every_key_that_was_pressed()
    {
        await using var ended = new EndedRun();
        await using var page = await browser.OpenAsync(ended.Url);
        await page.Grows("map", "version", 0);
        await page.Choose("world-card", "drive");
        await page.Becomes("driver", "state", "36");

        await page.At("drive-restart").ClickAsync();
        await page.Becomes("driver", "steps", "0");
        for (var k = 0; k < 6; k++)
            await page.Page.Keyboard.PressAsync("ArrowUp");

        await page.Becomes("driver", "return", "-6"); // three steps up, and three against the wall
        await page.Becomes("driver", "state", "0");
    }

    [Fact]
    public async Task What_is_painted_while_the_new_run_begins_does_not_lose_it()
    {
        await using var ended = new EndedRun();
        await using var page = await browser.OpenAsync(ended.Url);
        await page.Grows("map", "version", 0);
        await page.Choose("world-card", "edit");
        await page.ClickCellAsync(5, 1);
        await page.Becomes("editor", "verdict", "sound");
        var held = new TaskCompletionSource<Microsoft.Playwright.IRoute>();
        await page.Page.RouteAsync("**/api/training-sessions",
            route => route.Request.Method == "POST" && held.TrySetResult(route) ? Task.CompletedTask : route.ContinueAsync());

        await page.At("edit-train").ClickAsync();
        var route = await held.Task.WaitAsync(Wait.Patience, TestContext.Current.CancellationToken);
        await page.ClickCellAsync(6, 1);
        await route.ContinueAsync();

        await WidgetPage.Until("the page goes on to the new run", () => page.At("run-name").InnerTextAsync(),
            name => name.Contains("edited"));
    }

    [Fact]
    public async Task World_of_a_million_states_is_zoomed_to_single_cells_and_moved()
    {
        await using var ended = new EndedRun(Worlds.Empty(1000, 1000), episodes: 2);
        await using var page = await browser.OpenAsync(ended.Url);
        await page.Grows("map", "version", 0);
        await page.At("map").FocusAsync();

        for (var k = 0; k < 6; k++)
            await page.Page.Keyboard.PressAsync("+");
        await WidgetPage.Until("cells are large enough to see",
            async () => float.Parse((await page.Data("map", "cell"))!, System.Globalization.CultureInfo.InvariantCulture),
            cell => cell >= 11);
        var before = await page.Data("map", "left");
        await page.ClickCellAsync(500, 500);
        await page.Becomes("state-facts", "state", "500500");
        var (x, y) = await page.CellAsync(500, 500);
        await page.Page.Mouse.MoveAsync(x, y);
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync(x + 90, y + 10, new() { Steps = 6 });
        await page.Page.Mouse.UpAsync();

        await WidgetPage.Until("the map has moved", () => page.Data("map", "left"), left => left != before);
        Assert.Empty(page.Complaints);
    }

    static async Task<double[]> Layer(EndedRun ended, string layer)
    {
        using var client = new HttpClient { DefaultRequestHeaders = { Authorization = new("Bearer", ServerFixture.TokenOf(ended.Url)) } };
        var tile = JsonNode.Parse(await client.GetStringAsync(new Uri(new Uri(ended.Url), $"/api/map?layer={layer}"),
            TestContext.Current.CancellationToken))!["tiles"]![0]!;
        var data = Convert.FromBase64String((string)tile["data"]!);
        return [.. Enumerable.Range(0, 48).Select(s => BitConverter.ToUInt16(data, 2 * s))
            .Select(n => n == (int)tile["nan"]! ? double.NaN : (double)tile["offset"]! + (double)tile["scale"]! * n)];
    }
}
