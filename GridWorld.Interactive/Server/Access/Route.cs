namespace GridWorld;

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
