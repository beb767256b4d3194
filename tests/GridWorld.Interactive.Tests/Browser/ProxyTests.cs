using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GridWorld.Tests;

/// <summary>The page behind a proxy that adds a prefix to its path, as jupyter-server-proxy does.</summary>
public sealed class ProxyTests(BrowserFixture browser)
{
    [Fact]
    public async Task Page_lives_behind_a_prefix()
    {
        using var proxy = new PrefixProxy();
        await using var server = WidgetServer.Start(new() { PublicUrl = $"http://localhost:{proxy.Port}{PrefixProxy.Prefix}" });
        proxy.Target = server.Port;
        var run = new FakeRun(Worlds.CliffWalking());
        run.Add([-13, -17]);
        server.Register(run);

        await using var page = await browser.OpenAsync(server.PublicUrl(run.Id)!);

        await page.Page.GetByTestId("map").WaitForAsync();
        await page.Page.WaitForFunctionAsync("document.body.innerText.includes('−17')");
        Assert.All(page.Requests,
            url => Assert.True(url.StartsWith($"http://localhost:{proxy.Port}{PrefixProxy.Prefix}", StringComparison.Ordinal)
            || !url.StartsWith("http", StringComparison.Ordinal), url));
    }

    /// <summary>
    /// Takes the prefix off the first line of a request and hands everything else through as it is; one request a connection, or one
    /// WebSocket.
    /// </summary>
    sealed class PrefixProxy : LoopbackServer
    {
        public const string Prefix = "/user/ann/proxy/1234/";

        public PrefixProxy() => Listen();

        public int Target { get; set; }

        protected override async Task AnswerAsync(TcpClient client)
        {
            using var here = client;
            using var there = new TcpClient();
            try
            {
                var (near, buffer, length) = (here.GetStream(), new byte[32_768], 0);
                string head;
                do
                {
                    int read = await near.ReadAsync(buffer.AsMemory(length));
                    if (read == 0)
                        return;
                    length += read;
                    head = Encoding.Latin1.GetString(buffer, 0, length);
                }
                while (!head.Contains("\r\n\r\n"));
                if (!head.Contains($" {Prefix}"))
                    return;
                head = head.Replace($" {Prefix}", " /", StringComparison.Ordinal)
                    .Replace("Connection: keep-alive", "Connection: close", StringComparison.Ordinal);
                await there.ConnectAsync(IPAddress.Loopback, Target);
                var far = there.GetStream();
                await far.WriteAsync(Encoding.Latin1.GetBytes(head));
                await Task.WhenAny(near.CopyToAsync(far), far.CopyToAsync(near));
            }
            catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
            {
                // One side has gone.
            }
        }
    }
}
