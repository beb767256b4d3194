namespace GridWorld;

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
