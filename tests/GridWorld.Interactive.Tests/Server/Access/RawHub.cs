using System.Net.WebSockets;
using System.Text;

namespace GridWorld.Tests;

/// <summary>A hub connection that sends what no client library would.</summary>
public sealed class RawHub : IDisposable
{
    public const char End = '\u001e';
    public static readonly string Handshake = $$"""{"protocol":"json","version":1}{{End}}""";

    readonly ClientWebSocket socket = new();

    public static async Task<RawHub> ConnectAsync(ServerFixture server, bool handshake = true)
    {
        var hub = new RawHub();
        hub.socket.Options.KeepAliveInterval = TimeSpan.Zero;
        await hub.socket.ConnectAsync(new Uri($"ws://127.0.0.1:{server.Port}/hub/training?access_token={server.Token}"),
            TestContext.Current.CancellationToken);
        if (handshake)
        {
            await hub.SendAsync(Handshake);
            Assert.Equal($$"""{}{{End}}""", await hub.ReceiveAsync());
        }

        return hub;
    }

    /// <summary>False once the server has closed.</summary>
    public async Task<bool> SendAsync(ReadOnlyMemory<byte> bytes, bool endOfMessage = true)
    {
        try
        {
            await socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage, TestContext.Current.CancellationToken);
            return true;
        }
        catch (Exception e) when (e is WebSocketException or IOException or ObjectDisposedException)
        {
            return false;
        }
    }

    public Task<bool> SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>The next message, or null once closed.</summary>
    public async Task<string?> ReceiveAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(RawHttp.Patience);
        var buffer = new byte[64 * 1024];
        var text = new StringBuilder();
        try
        {
            while (true)
            {
                var result = await socket.ReceiveAsync(buffer, patience.Token);
                if (result.MessageType == WebSocketMessageType.Close)
                    return null;
                text.Append(Encoding.UTF8.GetString(buffer, 0, result.Count));
                if (result.EndOfMessage)
                    return text.ToString();
            }
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The hub neither spoke nor closed within {RawHttp.Patience.TotalSeconds} s.");
        }
        catch (Exception e) when (e is WebSocketException or IOException)
        {
            return null;
        }
    }

    /// <summary>All that is still said until the server closes.</summary>
    public async Task<string> ReadToCloseAsync()
    {
        var all = new StringBuilder();
        while (await ReceiveAsync() is { } text)
            all.Append(text);
        return all.ToString();
    }

    public void Dispose() => socket.Dispose();
}
