namespace GridWorld.Tests;

/// <summary>One running server with a tiny page, shared by the tests of a class.</summary>
public sealed class ServerFixture : IAsyncDisposable
{
    internal WidgetServer Server { get; } = WidgetServer.Start(Options());

    public int Port => Server.Port;

    public string Token => TokenOf(Server.Url());

    public string ViewToken => TokenOf(Server.Url(readOnly: true));

    internal static Assets Page { get; } = new(new Dictionary<string, byte[]>
    {
        ["index.html"] = "<!doctype html><title>GridWorld</title><script type=\"module\" src=\"assets/widget.js\"></script>"u8.ToArray(),
        ["widget.js"] = "export {};"u8.ToArray(),
        ["widget.css"] = ":root{}"u8.ToArray(),
    });

    internal static ServerOptions Options(ServerLimits? limits = null, string? token = null, int port = 0, string? store = null,
        Assets? page = null) => new() { Assets = page ?? Page, Limits = limits ?? new(), Token = token, Port = port, Store = store };

    public static string TokenOf(string url) => new Uri(url).Fragment[1..].Split('/')[0];

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <summary>One request with our Host; its reply is the only one on its connection.</summary>
    public Task<RawReply> Send(string method, string target, string headers = "", string body = "") =>
        RawHttp.SendAsync(Port,
        $"{method} {target} HTTP/1.1\r\nHost: 127.0.0.1:{Port}\r\nConnection:"
        + $" close\r\n{Fill(headers)}{(body == "" && method == "GET" ? "" : $"Content-Length: {body.Length}\r\n")}\r\n{body}",
            TestContext.Current.CancellationToken);

    /// <summary>A WebSocket's opening request.</summary>
    public Task<RawReply> Upgrade(string target, string headers) =>
        RawHttp.SendAsync(Port,
        $"GET {Fill(target)} HTTP/1.1\r\nHost: 127.0.0.1:{Port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version:"
        + $" 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{Fill(headers)}\r\n",
            TestContext.Current.CancellationToken);

    /// <summary>Puts this server's port for PORT, its tokens for TOKEN and VIEW, and ends each header's line.</summary>
    public string Fill(string text)
    {
        text = text.Replace("PORT", Port.ToString()).Replace("TOKEN", Token).Replace("VIEW", ViewToken);
        return text is "" || text.StartsWith('/') || text.EndsWith('\n') ? text : text + "\r\n";
    }
}
