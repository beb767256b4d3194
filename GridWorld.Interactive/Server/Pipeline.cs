using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace GridWorld;

/// <summary>
/// Processes every request: headers, access, limits, then its handler or the hub. Replies never contain an exception's message.
/// </summary>
internal sealed class Pipeline(Access access, Headers headers, ServerLimits limits, Func<string, string> withoutFolders)
{
    int sockets;

    public async Task InvokeAsync(HttpContext http, RequestDelegate hub)
    {
        headers.Apply(http.Response);
        try
        {
            var verdict = access.Judge(http);
            if (verdict.Refusal != 0)
            {
                ServerTelemetry.Refused(verdict.Refusal);
                await Reply.Refuse(http, verdict);
                return;
            }

            Access.Forget(http.Request);
            if (verdict.Scope != Scope.Anonymous && http.Features.Get<Lobby.Guest>()?.Admit() == false)
            {
                http.Response.Headers.Connection = "close";
                await Reply.Problem(http, StatusCodes.Status503ServiceUnavailable,
                    ["Too many connections are open with this link's token. Close some live views and try again."]);
                return;
            }

            http.Features.Set(new Caller(verdict.Scope));
            await (verdict.Route!.Handler is { } handler ? handler(new(http, verdict.Scope, verdict.Argument)) : ToHubAsync(http, hub));
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            http.Response.Clear();
            headers.Apply(http.Response);
            if (e is not (InputException or UnknownRunException or TooManyRunsException or BadHttpRequestException))
                RunLog.OfServer(log => RunMessages.RequestFailed(log, e));
            await (e switch
            {
                InputException input =>
                    Reply.Problem(http, StatusCodes.Status400BadRequest, http.Features.Get<Caller>()
                    ?.Scope == Scope.Control ? input.Errors : [.. input.Errors.Select(withoutFolders)]),
                TooManyRunsException many => Reply.Problem(http, StatusCodes.Status429TooManyRequests, [many.Message]),
                UnknownRunException unknown => Reply.Problem(http, StatusCodes.Status404NotFound, [unknown.Message]),
                BadHttpRequestException bad => Reply.Problem(http, bad.StatusCode),
                _ => Reply.Problem(http, StatusCodes.Status500InternalServerError),
            });
        }
        catch (Exception)
        {
            http.Abort();
        }
    }

    async Task ToHubAsync(HttpContext http, RequestDelegate hub)
    {
        if (http.Request.Method != "GET")
        {
            await hub(http); // Negotiation.
            return;
        }

        if (http.Features.Get<IHttpUpgradeFeature>()
            ?.IsUpgradableRequest != true || !string.Equals(http.Request.Headers.Upgrade, "websocket", StringComparison.OrdinalIgnoreCase))
        {
            await Reply.Problem(http, StatusCodes.Status400BadRequest, ["The hub supports only WebSockets."]);
            return;
        }

        if (Interlocked.Increment(ref sockets) > limits.WebSockets)
        {
            Interlocked.Decrement(ref sockets);
            await Reply.Problem(http, StatusCodes.Status503ServiceUnavailable,
                ["Too many live views are connected. Close one and try again."]);
            return;
        }

        try
        {
            await hub(http);
        }
        finally
        {
            Interlocked.Decrement(ref sockets);
        }
    }
}
