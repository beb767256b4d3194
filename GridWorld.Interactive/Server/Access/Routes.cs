using Microsoft.AspNetCore.Http;

namespace GridWorld;

/// <summary>A request that has passed <see cref="Access"/>. <paramref name="Argument"/> is what stood for the <c>*</c> of the route's path.</summary>
internal readonly record struct Call(HttpContext Http, Scope Scope, string Argument);

/// <summary>What the request's token allows, for the hub.</summary>
internal sealed record Caller(Scope Scope);

/// <summary>One address of the server. Without a handler the request continues to the hub.</summary>
internal sealed record Route(string Method, string Path, Scope Scope, Func<Call, Task>? Handler)
{
    /// <summary>Exact, letter by letter; <c>*</c> takes one segment.</summary>
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
        argument = segment.ToString();
        return true;
    }
}

/// <summary>Every address there is. What is not on it does not exist; what is anonymous says so here and nowhere else.</summary>
internal sealed class Routes(IEnumerable<Route> routes)
{
    public IReadOnlyList<Route> All { get; } = [.. routes];

    /// <summary>The route, or null and the methods that the path does have.</summary>
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
