using System.Globalization;
using Microsoft.Playwright;

namespace GridWorld.Tests;

/// <summary>The widget's page through the hooks it documents, and everything it asked for or complained of.</summary>
public sealed class WidgetPage : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20), Between = TimeSpan.FromMilliseconds(40);

    readonly List<IWebSocketRoute> sockets = [];
    bool isCut;

    public WidgetPage(IPage page)
    {
        Page = page;
        page.Request += (_, request) => Requests.Add(request.Url);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                Complaints.Add(message.Text);
        };
        page.PageError += (_, error) => Complaints.Add(error);
    }

    public IPage Page { get; }

    public List<string> Requests { get; } = [];

    public List<string> Complaints { get; } = [];

    public ILocator At(string testId) => Page.GetByTestId(testId).First;

    /// <summary>
    /// Read when all parts of the page show the same moment, so that what is read next is not of an earlier one. A page that gets no
    /// animation frames never comes so far, and is read as it is.
    /// </summary>
    public Task<string?> Data(string testId, string name) => At(testId).EvaluateAsync<string?>("""
        async (element, name) => {
          const until = performance.now() + 2000;
          while (element.closest("[data-painting]") && performance.now() < until) await new Promise(then => setTimeout(then, 2));
          return element.getAttribute(name);
        }
        """, $"data-{name}");

    public async Task<long> Number(string testId, string name) =>
        long.TryParse(await Data(testId, name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : -1;

    public Task<long> Episode() => Number("episode", "value");

    /// <summary>Hides a panel, or shows it again, by the menu of panels.</summary>
    public async Task Toggle(string panel)
    {
        await At("panels-button").ClickAsync();
        await Page.Locator($"[data-testid=panels] [data-value='{panel}']").ClickAsync();
        await Page.Keyboard.PressAsync("Escape");
    }

    /// <summary>How many events the page lists. A tab that is not selected is not drawn.</summary>
    public async Task<long> Events()
    {
        await At("tab-events").ClickAsync();
        await Page.EvaluateAsync("() => new Promise(then => requestAnimationFrame(() => requestAnimationFrame(then)))");
        var rows = await Number("events", "rows");
        await At("tab-episodes").ClickAsync();
        // The address follows within 300 ms. A page that is loaded again before would open the other tab.
        await Page.WaitForFunctionAsync("() => !location.hash.includes('tab=events')");
        return rows;
    }

    /// <summary>Looks until it is so.</summary>
    public static async Task<T> Until<T>(string what, Func<Task<T>> look, Func<T, bool> holds, TimeSpan? patience = null)
    {
        var since = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            var seen = await look();
            if (holds(seen))
                return seen;
            if (since.Elapsed > (patience ?? Patience))
                throw new TimeoutException($"Waited {(patience ?? Patience).TotalSeconds} s in vain: {what}. Last seen: {seen}");
            await Task.Delay(Between, TestContext.Current.CancellationToken);
        }
    }

    public Task Becomes(string testId, string name, string value) =>
        Until($"{testId} becomes {value}", () => Data(testId, name), seen => seen == value);

    public Task<long> Grows(string testId, string name, long beyond) =>
        Until($"{name} of {testId} grows beyond {beyond}", () => Number(testId, name), seen => seen > beyond);

    public Task IsLive() => Becomes("connection", "state", "live");

    /// <summary>Types a value and sends it.</summary>
    public async Task Enter(string testId, string value)
    {
        await At(testId).FillAsync(value);
        await At(testId).PressAsync("Enter");
    }

    /// <summary>To be called before the page is opened: lets its network be cut and slowed down.</summary>
    public Task AllowCutsAsync() => Page.RouteWebSocketAsync("**/hub/**", socket =>
    {
        if (isCut)
        {
            _ = socket.CloseAsync();
            return;
        }

        sockets.Add(socket);
        var sent = Task.CompletedTask;
        socket.ConnectToServer().OnMessage(frame => sent = Forward(sent, frame));

        async Task Forward(Task before, IWebSocketFrame frame)
        {
            await before;
            await Task.Delay(Delay);
            if (frame.Text is { } text)
                socket.Send(text);
            else
                socket.Send(frame.Binary!);
        }
    });

    /// <summary>What each of the server's messages waits for before the next one. Default: nothing.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>From now on nothing gets through, as on a broken network.</summary>
    public async Task Cut()
    {
        isCut = true;
        await Page.RouteAsync("**/*", route => route.AbortAsync());
        foreach (var socket in sockets)
            await socket.CloseAsync();
        sockets.Clear();
    }

    public async Task Mend()
    {
        await Page.UnrouteAllAsync();
        isCut = false;
    }

    /// <summary>The number of the page's elements.</summary>
    public Task<int> Nodes() => Page.EvaluateAsync<int>("document.querySelectorAll('*').length");

    public ValueTask DisposeAsync() => new(Page.Context.CloseAsync());
}
