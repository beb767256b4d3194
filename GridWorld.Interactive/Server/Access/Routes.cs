using Microsoft.AspNetCore.Http;

namespace GridWorld;

/// <summary>
/// A request that has passed <see cref="Access"/>. <paramref name="Argument"/> is the text in place of the <c>*</c> in the route's path.
/// </summary>
internal readonly record struct Call(HttpContext Http, Scope Scope, string Argument);

/// <summary>The scope of the request's token, for the hub.</summary>
internal sealed record Caller(Scope Scope);

/// <summary>One address of the server. Without a handler the request continues to the hub.</summary>
internal sealed record Route(string Method, string Path, Scope Scope, Func<Call, Task>? Handler)
{
    /// <summary>Matches the path exactly; <c>*</c> matches one segment.</summary>
    public bool Matches(ReadOnlySpan<char> path, out string argument)
    {
        argument = "";
        var star = Path.IndexOf('*');
        if (star < 0)
            return path.SequenceEqual(Path);
        var tail = Path.AsSpan(star + 1);
        if (path.Length <= star + tail.Length || !path.StartsWith(Path.AsSpan(0, star)) || !path.EndsWith(tail))
            return false;
        var segment = path[star..^tail.Length];
        if (segment.Contains('/'))
            return false;
        // Ids of seeds contain slashes: SWEEP/TRIAL/SEED.
        argument = segment.ToString().Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        return true;
    }
}

/// <summary>All addresses of the server. Only this list declares addresses and their scopes, including the anonymous ones.</summary>
internal sealed class Routes(IEnumerable<Route> routes)
{
    public IReadOnlyList<Route> All { get; } = [.. routes];

    /// <summary>Finds the route, or returns null and the methods that the path supports.</summary>
    public Route? Find(string method, string path, out string argument, out IReadOnlyList<string> allowed)
    {
        List<string>? others = null;
        foreach (var route in All)
            if (route.Matches(path, out argument))
            {
                if (route.Method == method)
                {
                    allowed = [];
                    return route;
                }

                (others ??= []).Add(route.Method);
            }

        argument = "";
        allowed = others ?? [];
        return null;
    }
}
