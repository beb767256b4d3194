using System.Globalization;
using Microsoft.Playwright;

namespace GridWorld.Tests;

/// <summary>A run that has ended, so that its numbers stand still, and the real page over it.</summary>
public sealed class EndedRun : IAsyncDisposable
{
    public EndedRun(World? world = null, long episodes = 200)
    {
        Run = (world ?? Worlds.CliffWalking()).Train(new QLearning { LearningRate = 0.5, DiscountFactor = 0.9 }, episodes, seed: 3,
            name: "ended", options: RunOptions.InMemory);
        Run.Completion.Wait(TestContext.Current.CancellationToken);
        if (Run.World.States < 1000)
            Run.SolveExactly();
        Server.Register(Run);
    }

    public Run Run { get; }

    internal WidgetServer Server { get; } = WidgetServer.Start();

    public string Url => Server.Url(Run.Id);

    public async ValueTask DisposeAsync()
    {
        foreach (var run in Server.Runs.Registered())
        {
            (run.View as Run)?.Stop();
            await ((run.View as Run)?.Completion ?? Task.CompletedTask);
        }

        await Server.DisposeAsync();
    }
}

/// <summary>The map on the page, cell by cell.</summary>
internal static class MapOnPage
{
    public static async Task<(float X, float Y)> CellAsync(this WidgetPage page, int x, int y)
    {
        var box = (await page.At("map").BoundingBoxAsync())!;
        var (cell, left, top) = (await Number("cell"), await Number("left"), await Number("top"));
        return (box.X + left + (x + 0.5f) * cell, box.Y + top + (y + 0.5f) * cell);

        async Task<float> Number(string name) => float.Parse((await page.Data("map", name))!, CultureInfo.InvariantCulture);
    }

    public static async Task PointAsync(this WidgetPage page, int x, int y)
    {
        var (left, top) = await page.CellAsync(x, y);
        await page.Page.Mouse.MoveAsync(left, top);
    }

    public static async Task ClickCellAsync(this WidgetPage page, int x, int y)
    {
        var (left, top) = await page.CellAsync(x, y);
        await page.Page.Mouse.ClickAsync(left, top);
    }

    public static Task Choose(this WidgetPage page, string card, string value) =>
        page.At(card).Locator($"[data-value={value}]").First.ClickAsync();

    /// <summary>The numbers of a text in the page's notation.</summary>
    public static double[] Numbers(string text) =>
        [.. System.Text.RegularExpressions.Regex.Matches(text.Replace('−', '-').Replace(",", ""), @"-?\d+(\.\d+)?")
        .Select(m => double.Parse(m.Value, CultureInfo.InvariantCulture))];
}
