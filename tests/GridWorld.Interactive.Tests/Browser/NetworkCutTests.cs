using System.Net;
using System.Net.Sockets;

namespace GridWorld.Tests;

/// <summary>A network that loses every packet for a while, and tells neither side.</summary>
public sealed class NetworkCutTests(BrowserFixture browser)
{
    // Seconds. The page holds a server that is silent for 15 s for gone.
    static readonly double Cut = Long.Count("cut", 0, 300);

    [Fact]
    public async Task Silent_network_is_noticed_and_what_was_missed_is_made_up_for()
    {
        using var link = new Link();
        await using var served = new ServedRun(publicUrl: $"http://localhost:{link.Port}/");
        link.Target = new Uri(served.Url).Port;
        await using var page = await browser.OpenAsync(served.PublicUrl, isCuttable: false);
        await page.Grows("episode", "value", 50);

        var since = System.Diagnostics.Stopwatch.StartNew();
        link.IsDown = true;
        await WidgetPage.Until("the page notices", () => page.Data("banner", "state"), state => state == "reconnecting",
            TimeSpan.FromSeconds(60));
        var (shown, trained) = (await page.Episode(), served.Run.Episodes);
        await WidgetPage.Until("training goes on, and the cut lasts", () => Task.FromResult(served.Run.Episodes),
            episode => episode > trained + 100 && since.Elapsed.TotalSeconds > Cut, TimeSpan.FromSeconds(Cut + 60));
        Assert.Equal(shown, await page.Episode());
        Assert.Contains("You're viewing cached data", await page.At("banner").InnerTextAsync());

        link.IsDown = false;
        await page.Page.EvaluateAsync("window.dispatchEvent(new Event('online'))"); // As the browser says when its network is back.
        await WidgetPage.Until("the page is live again", page.Episode, episode => episode > trained + 100, TimeSpan.FromSeconds(60));
        await page.At("pause").ClickAsync();
        await page.Becomes("state", "state", "paused");
        await WidgetPage.Until("the log ends where the run does", () => page.Number("log", "newest"),
            newest => newest == served.Run.Episodes);
        Assert.Equal(Math.Min(1000, served.Run.Episodes), await page.Number("log", "rows"));
        Assert.Equal("0", await page.Data("dropped", "count"));
    }

    /// <summary>Hands bytes through. While it is down they wait, as they do in the buffers of both sides of a broken line.</summary>
    sealed class Link : LoopbackServer
    {
        public Link() => Listen();

        public int Target { get; set; }

        public bool IsDown { get; set; }

        protected override async Task AnswerAsync(TcpClient client)
        {
            using var here = client;
            using var there = new TcpClient();
            try
            {
                await there.ConnectAsync(IPAddress.Loopback, Target);
                await Task.WhenAny(PassAsync(here.GetStream(), there.GetStream()), PassAsync(there.GetStream(), here.GetStream()));
            }
            catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
            {
                // One side has gone.
            }
        }

        async Task PassAsync(NetworkStream from, NetworkStream to)
        {
            var buffer = new byte[16_384];
            while (await from.ReadAsync(buffer) is var length and > 0)
            {
                while (IsDown)
                    await Task.Delay(50);
                await to.WriteAsync(buffer.AsMemory(0, length));
            }
        }
    }
}
