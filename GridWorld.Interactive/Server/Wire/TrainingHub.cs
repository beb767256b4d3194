using System.Text.Json;
using Microsoft.AspNetCore.Http.Connections.Features;
using Microsoft.AspNetCore.SignalR;

namespace GridWorld;

/// <summary>The objects that all connections of the hub share.</summary>
internal sealed record HubServices(ServedRuns Runs, string Instance, ServerLimits Limits, ReplayTurn Turn, TimeProvider Time);

/// <summary>
/// The live connection of one page. It receives views and acknowledgments, and sends frames and errors. Commands use HTTP.
/// </summary>
internal sealed class TrainingHub(HubServices services, IHubContext<TrainingHub> hub) : Hub
{
    static readonly object StreamKey = new();

    FrameStream Stream => (FrameStream)Context.Items[StreamKey]!;

    public override Task OnConnectedAsync()
    {
        var scope = Context.Features.Get<IHttpContextFeature>()?.HttpContext?.Features.Get<Caller>()?.Scope ?? Scope.View;
        var page = hub.Clients.Client(Context.ConnectionId);
        var stream = new FrameStream(services, scope, (method, argument, stop) => page.SendCoreAsync(method, [argument], stop),
            Context.Abort);
        Context.Items[StreamKey] = stream;
        var ended = Context.ConnectionAborted;
        _ = Task.Run(() => stream.RunAsync(ended), CancellationToken.None);
        ServerTelemetry.PageCame();
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        ServerTelemetry.PageLeft();
        return Task.CompletedTask;
    }

    /// <summary>Requests another view. The next frame is complete.</summary>
    public Task View(JsonElement request) => Take(() => Stream.View(ViewRequest.From(request)));

    /// <summary>Requests another part or layer of the map in the same view.</summary>
    public Task Map(JsonElement request) => Take(() => Stream.Map(ViewRequest.MapOf(request)));

    /// <summary>Acknowledges that the page has drawn a frame.</summary>
    public void Ack(long seq) => Stream.Ack(seq);

    async Task Take(Action request)
    {
        try
        {
            request();
        }
        catch (InputException e)
        {
            await Clients.Caller.SendCoreAsync("fault", [new Fault(e.Message)]);
        }
    }
}
