using System.Globalization;

namespace GridWorld.Tests;

/// <summary>A session that was recorded before, shown with no training at all, checked against its file number by number.</summary>
public sealed class RecordedSessionTests(BrowserFixture browser)
{
    [Fact]
    public async Task Every_number_of_the_log_the_events_and_the_facts_is_the_files()
    {
        using var store = new TemporaryFolder();
        var trained = Worlds.CliffWalking()
            .Train(new QLearning { LearningRate = 0.5 }, 150, seed: 3, name: "recorded", options: new() { Store = store.Path });
        await trained;
        var file = Run.Open(trained.Id, store.Path);
        await using (var server = WidgetServer.Start(new() { Store = store.Path }))
        {
            await using var page = await browser.OpenAsync(server.Url(trained.Id));
            await page.Becomes("state", "state", "completed");
            await WidgetPage.Until("the log is there", () => page.Number("log", "rows"), rows => rows == 150);

            await page.At("log").ScrollIntoViewIfNeededAsync();
            var seen = new SortedDictionary<long, string[]>();
            for (var top = 0; seen.Count < 150 && top < 150 * 24; top += 120)
            {
                await page.Page.EvaluateAsync(
                    "top => new Promise(done => { document.querySelector('[data-testid=log]').scrollTop = top; requestAnimationFrame(()"
                    + " => requestAnimationFrame(done)); })", top);
                foreach (var row in await page.Page.EvaluateAsync<string[][]>(
                    "() => [...document.querySelectorAll('[data-testid=log] .row[data-key]')].map(r => [r.dataset.key,"
                    + " ...[...r.children].map(c => c.textContent)])"))
                    seen[long.Parse(row[0], CultureInfo.InvariantCulture)] = [.. row.Skip(1).Select(Plain)];
            }

            Assert.Equal(file.RawEpisodes(1, 1000)
                .Select(e => (e.Episode, $"{e.Return}", $"{e.Length}", $"{e.Epsilon}", $"{e.LearningRate}",
                e.Terminated ? "terminated" : "truncated")),
                seen.Select(r => (r.Key, r.Value[1], r.Value[2], r.Value[3], r.Value[4], r.Value[7])));
            var status = file.Status();
            Assert.Equal("150", await page.Data("episode", "value"));
            Assert.Equal($"{status.Settings.Epsilon}", await page.At("epsilon-now").InnerTextAsync());
            Assert.Equal(status.MeanReturnLast100!.Value,
                double.Parse(Plain(await page.At("return-last-100").InnerTextAsync()), CultureInfo.InvariantCulture), 0.06);
            Assert.Equal(file.EventLog.Count, await page.Events());
            Assert.Equal(150, await page.Number("curve", "points"));
            Assert.Empty(page.Complaints);
        }
    }

    [Fact]
    public async Task Recorded_session_is_played_again_held_and_ended_from_the_page()
    {
        using var store = new TemporaryFolder();
        var trained = Worlds.CliffWalking()
            .Train(new QLearning { LearningRate = 0.5 }, 150, seed: 3, options: new() { Store = store.Path });
        await trained;
        await using (var server = WidgetServer.Start(new() { Store = store.Path }))
        {
            await using var page = await browser.OpenAsync(server.Url(trained.Id));
            await page.Becomes("state", "state", "completed");

            await page.At("replay-run").ClickAsync();
            await page.Becomes("state", "state", "training");
            await page.At("pause").ClickAsync();
            await page.Becomes("state", "state", "paused");
            await page.At("replay-over").SelectOptionAsync("600");
            var replay = (ReplayedRun)server.Runs.Find(trained.Id).View;
            await WidgetPage.Until("it would take ten minutes", () => Task.FromResult(replay.Progress.Duration / replay.Progress.Speed),
                over => Math.Abs(over - 600) < 0.01);
            Assert.StartsWith("recorded · ", await page.At("recorded").InnerTextAsync());
            Assert.InRange(await page.Number("episode", "value"), 0, 149);
            await page.At("stop").ClickAsync();
            await page.Becomes("state", "state", "completed");
            await WidgetPage.Until("the whole run is there again", () => page.Number("log", "rows"), rows => rows == 150);
            Assert.Empty(page.Complaints);
        }
    }

    static string Plain(string text) => text.Replace("−", "-").Replace(",", "");
}
