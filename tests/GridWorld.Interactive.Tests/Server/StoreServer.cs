using System.Text.Json.Nodes;

namespace GridWorld.Tests;

/// <summary>A server over a folder of runs of its own; runs that still train at the end are stopped.</summary>
internal sealed class StoreServer : IAsyncDisposable
{
    readonly TemporaryFolder folder = new();
    readonly WidgetServer server;

    /// <param name="limits">The limits for clients.</param>
    /// <param name="page">What browsers are sent; by default a page that does nothing.</param>
    public StoreServer(ServerLimits? limits = null, Assets? page = null) => server =
        WidgetServer.Start(ServerFixture.Options(limits, store: folder.Path, page: page));

    public string Store => folder.Path;

    public int Port => server.Port;

    public ServedRuns Runs => server.Runs;

    public Routes Routes => server.Routes;

    public string Url(bool readOnly = false) => server.Url(readOnly: readOnly);

    public string Token(bool readOnly = false) => ServerFixture.TokenOf(Url(readOnly));

    public Uri At(string target) => new($"http://127.0.0.1:{Port}{target}");

    public void Register(RunView run) => server.Register(run);

    public async Task<(int Status, JsonNode Json)> SendAsync(string method, string target, string body = "", bool readOnly = false)
    {
        var reply = await RawHttp.SendAsync(Port,
            $"{method} {target} HTTP/1.1\r\nHost: 127.0.0.1:{Port}\r\nAuthorization: Bearer {Token(readOnly)}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}", TestContext.Current.CancellationToken);
        return (reply.Status, reply.Body == "" ? new JsonObject() : JsonNode.Parse(reply.Body)!);
    }

    public async Task StopAllAsync()
    {
        foreach (var run in Runs.Registered().Select(run => run.View).OfType<Run>())
        {
            run.Stop();
            await run.Completion.WaitAsync(Wait.Patience);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAllAsync();
        await server.DisposeAsync();
        folder.Dispose();
    }
}
