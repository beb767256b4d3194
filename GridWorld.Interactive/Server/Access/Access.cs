using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace GridWorld;

/// <summary>
/// Checks a request's peer, Host, Origin, method, token and scope, in this order. The default is to deny.
/// Every page in the user's browser and every user of the machine can reach loopback, so a local request is not trusted for being local.
/// </summary>
internal sealed class Access(Routes routes, Tokens tokens, ServerLimits limits, TimeProvider time)
{
    public const string Hello = "/hello", Hub = "/hub/training", Api = "/api/";
    const string Bearer = "Bearer ", QueryToken = "access_token";

    readonly TokenBucket wrongTokens = new(limits.WrongTokensPerSecond, limits.WrongTokenBurst, time);

    /// <summary>The allowed origins, known once the server listens. Until then, every request is refused.</summary>
    public Origins? Origins { private get; set; }

    public Verdict Judge(HttpContext http)
    {
        var request = http.Request;
        if (http.Connection.RemoteIpAddress is not { } peer || !IPAddress.IsLoopback(peer))
            return new(StatusCodes.Status403Forbidden);
        if (Origins is null || request.Headers.Host is not [{ } host] || !Origins.IsHost(host))
            return new(StatusCodes.Status400BadRequest);
        if (!IsOriginAllowed(request, Origins))
            return new(StatusCodes.Status403Forbidden);
        if (request.Method is not ("GET" or "POST"))
            return new(StatusCodes.Status405MethodNotAllowed, Allowed: ["GET", "POST"]);

        var path = PathAsSent(http);
        var route = routes.Find(request.Method, path, out var argument, out var allowed);
        if (route is { Scope: Scope.Anonymous })
            return new(0, Scope.Anonymous, route, argument);

        // Without a token, a caller learns nothing about the addresses under these two, not even which of them exist.
        var isGuarded = route is not null || path == Hub || path.StartsWith(Hub + "/", StringComparison.Ordinal)
            || path.StartsWith(Api, StringComparison.Ordinal);
        var scope = Scope.Anonymous;
        if (isGuarded)
        {
            var sent = SentToken(request, path);
            scope = tokens.ScopeOf(sent);
            if (scope == Scope.Anonymous)
                return new(sent.Length == 0 || wrongTokens.TryTake()
                    ? StatusCodes.Status401Unauthorized : StatusCodes.Status429TooManyRequests);
        }

        if (route is null)
            return allowed.Count == 0 ? new(StatusCodes.Status404NotFound) : new(StatusCodes.Status405MethodNotAllowed, Allowed: allowed);
        return scope < route.Scope ? new(StatusCodes.Status403Forbidden, scope, route) : new(0, scope, route, argument);
    }

    /// <summary>Removes the token from the request, so that later stages cannot log it.</summary>
    public static void Forget(HttpRequest request)
    {
        request.Headers.Remove("Authorization");
        if (request.Query.ContainsKey(QueryToken))
            request.QueryString = QueryString.Create(request.Query.Where(pair => pair.Key != QueryToken));
    }

    static bool IsOriginAllowed(HttpRequest request, Origins origins)
    {
        var sent = request.Headers.Origin;
        if (sent.Count == 0)
            return true; // Such a request gets anonymous content, or shows a token.
        if (sent is not [{ } origin])
            return false;
        if (origins.IsOrigin(origin))
            return true;
        if (request.Method != "GET" || request.Path.Value != Hello || !Origins.IsNotebook(origin))
            return false;
        request.HttpContext.Response.Headers.AccessControlAllowOrigin = origin;
        request.HttpContext.Response.Headers.Vary = "Origin";
        return true;
    }

    /// <summary>
    /// The path exactly as sent; empty if it contains an escape, a dot segment or a full address, which none of our paths has.
    /// </summary>
    static string PathAsSent(HttpContext http)
    {
        var target = http.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        var query = target.IndexOf('?');
        var path = query < 0 ? target : target[..query];
        return string.Equals(path, http.Request.Path.Value, StringComparison.Ordinal) ? path : "";
    }

    static string SentToken(HttpRequest request, string path)
    {
        if (request.Headers.Authorization is [{ } header] && header.StartsWith(Bearer, StringComparison.Ordinal))
            return header[Bearer.Length..];
        return path == Hub && request.Query[QueryToken] is [{ } query] ? query : "";
    }
}
