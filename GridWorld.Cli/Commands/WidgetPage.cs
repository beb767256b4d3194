using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace GridWorld.Cli;

/// <summary>
/// A client of the live view's server that works like its page: it requests the whole run and acknowledges every frame at once.
/// </summary>
internal sealed class WidgetPage : IAsyncDisposable
{
    const byte EndOfMessage = 0x1e; // of SignalR's JSON protocol
    const string Handshake = """{"protocol":"json","version":1}""";
    readonly ClientWebSocket socket = new();
    readonly TaskCompletionSource drawn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly CancellationTokenSource closing = new();
    Task reading = Task.CompletedTask;

    WidgetPage()
    {
    }

    public long Frames { get; private set; }

    /// <summary>Connects to a run and waits for the first complete frame.</summary>
    /// <param name="url">The URL of the page, with its token.</param>
    /// <param name="runId">The run.</param>
    /// <param name="interval">Time between frames.</param>
    public static async Task<WidgetPage> OpenAsync(Uri url, string runId, TimeSpan interval)
    {
        var page = new WidgetPage();
        page.socket.Options.SetRequestHeader("Origin", url.GetLeftPart(UriPartial.Authority));
        page.socket.Options.SetRequestHeader("Authorization", "Bearer " + url.Fragment.TrimStart('#').Split('/')[0]);
        await page.socket.ConnectAsync(new UriBuilder(url) { Scheme = "ws", Path = "/hub/training", Fragment = "" }.Uri,
            CancellationToken.None);
        await page.SendAsync(Handshake);
        await page.SendAsync(
            $$$"""{"type":1,"target":"View","arguments":[{"run":"{{{runId}}}","interval_ms":{{{interval.TotalMilliseconds}}}"""
            + ""","points":1000,"log_rows":1000,"map":{"layer":"value"}}]}""");
        page.reading = page.ReadAsync();
        await page.drawn.Task;
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        socket.Dispose();
        closing.Dispose();
    }

    async Task ReadAsync()
    {
        var message = new MemoryStream();
        var buffer = new byte[1 << 16];
        try
        {
            while (true)
            {
                var received = await socket.ReceiveAsync(buffer, closing.Token);
                if (received.MessageType == WebSocketMessageType.Close)
                    throw new IOException("The server of the live view closed the connection.");
                foreach (byte b in buffer.AsMemory(0, received.Count).ToArray())
                {
                    if (b != EndOfMessage)
                    {
                        message.WriteByte(b);
                        continue;
                    }

                    await TakeAsync(message.ToArray());
                    message.SetLength(0);
                }
            }
        }
        catch (Exception e)
        {
            drawn.TrySetException(e);
        }
    }

    async Task TakeAsync(byte[] message)
    {
        using var json = JsonDocument.Parse(message);
        if (!json.RootElement.TryGetProperty("target", out var target))
            return;
        var argument = json.RootElement.GetProperty("arguments")[0];
        if (target.GetString() == "fault")
            throw new IOException(argument.GetProperty("message").GetString());
        Frames++;
        await SendAsync($$"""{"type":1,"target":"Ack","arguments":[{{argument.GetProperty("seq").GetInt64()}}]}""");
        if (!argument.TryGetProperty("more", out var more) || !more.GetBoolean())
            drawn.TrySetResult();
    }

    Task SendAsync(string message) =>
        socket.SendAsync((byte[])[.. Encoding.UTF8.GetBytes(message), EndOfMessage], WebSocketMessageType.Text, endOfMessage: true,
        closing.Token);
}
