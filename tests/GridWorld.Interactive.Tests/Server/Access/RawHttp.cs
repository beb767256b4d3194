using System.Net.Sockets;
using System.Text;

namespace GridWorld.Tests;

/// <summary>What came back, as it was on the wire. Status 0: the connection was closed without a word.</summary>
public sealed record RawReply(int Status, IReadOnlyDictionary<string, string> Headers, string Body, string Whole)
{
    public string this[string header] => Headers.TryGetValue(header, out var value) ? value : "";
}

/// <summary>Requests letter by letter, as no client library would send them.</summary>
public static class RawHttp
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task<RawReply> SendAsync(int port, string request, CancellationToken stop)
    {
        using var client = await ConnectAsync(port, stop);
        await TrySendAsync(client, Encoding.Latin1.GetBytes(request), stop);
        return await ReadAsync(client, stop);
    }

    public static async Task<TcpClient> ConnectAsync(int port, CancellationToken stop)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync("127.0.0.1", port, stop);
        return client;
    }

    /// <summary>A server that refuses may close before all is sent; its answer still stands.</summary>
    public static async Task<bool> TrySendAsync(TcpClient client, ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        try
        {
            await client.GetStream().WriteAsync(bytes, stop);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Reads one reply: to the end of its body, or until the connection closes.</summary>
    public static async Task<RawReply> ReadAsync(TcpClient client, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        var text = new StringBuilder();
        var buffer = new byte[16 * 1024];
        int? end = null;
        try
        {
            while (end is null || text.Length < end)
            {
                var read = await client.GetStream().ReadAsync(buffer, patience.Token);
                if (read == 0)
                    break;
                text.Append(Encoding.Latin1.GetString(buffer, 0, read));
                end ??= EndOf(text.ToString());
            }
        }
        catch (IOException)
        {
            // Reset: what came before it counts.
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"No complete reply within {Patience.TotalSeconds} s; {text.Length} bytes so far, which begin:"
                + $" {text.ToString(0, Math.Min(500, text.Length))}");
        }

        return Parse(text.ToString());
    }

    /// <summary>Where the reply is over: null before its head is whole, and without bound where the head doesn't say.</summary>
    static int? EndOf(string text)
    {
        var body = text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
        if (body < 4)
            return null;
        var head = Parse(text);
        return head.Status == 101
            ? body : head.Headers.TryGetValue("Content-Length", out var length) ? body + int.Parse(length) : int.MaxValue;
    }

    static RawReply Parse(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
            return new(0, new Dictionary<string, string>(), "", text);
        var lines = text[..end].Split("\r\n");
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.Skip(1))
            if (line.IndexOf(':') is > 0 and var colon)
                headers[line[..colon]] = line[(colon + 1)..].Trim();
        return new(int.Parse(lines[0].Split(' ')[1]), headers, text[(end + 4)..], text);
    }
}
