using Microsoft.AspNetCore.Http;

namespace GridWorld;

/// <summary>
/// The anonymous addresses: the page, its files and <c>/hello</c>. Their replies contain no secret and nothing from the request.
/// </summary>
internal static class PageEndpoints
{
    public static IEnumerable<Route> Routes(Assets assets, string instance) =>
    [
        .. assets.Paths.Select(path => new Route("GET", path, Scope.Anonymous, call => Send(call.Http, assets, path))),
        new("GET", Access.Hello, Scope.Anonymous,
            call => Reply.Json(call.Http, new Hello(instance, Telemetry.Version), WireJson.Default.Hello)),
    ];

    static Task Send(HttpContext http, Assets assets, string path)
    {
        assets.TryGet(path, out var asset);
        var query = http.Request.QueryString.Value ?? "";
        if (path != Assets.Page && query.Length > 0)
        {
            // The page requests every file by its hash.
            if (query != $"?v={asset!.Hash}")
                return Reply.Problem(http, StatusCodes.Status404NotFound);
            http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        }

        http.Response.ContentType = asset!.ContentType;
        return Reply.Bytes(http, asset.Bytes);
    }
}
