namespace GridWorld;

/// <summary>How a <see cref="WidgetServer"/> starts. Holds a secret: not a record, so that nothing prints it.</summary>
internal sealed class ServerOptions
{
    /// <summary>0: a free one.</summary>
    public int Port { get; init; }

    /// <summary>The control token; null takes GRIDWORLD_TOKEN, else a new one.</summary>
    public string? Token { get; init; }

    /// <summary>A folder of stored runs to serve beside the registered ones.</summary>
    public string? Store { get; init; }

    /// <summary>Host headers allowed besides the loopback names with our port, as a proxy sends them: <c>name:port</c>.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Origins allowed besides our own, as a browser sends them: <c>https://name:port</c>.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>Who may frame the page, besides notebooks on this machine.</summary>
    public IReadOnlyList<string> FrameAncestors { get; init; } = [];

    /// <summary>Ends the server when the process that started this one is gone: a kernel outlives its editor.</summary>
    public bool StopWithParent { get; init; }

    public ServerLimits Limits { get; init; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The page; null takes the one embedded in this assembly.</summary>
    public Assets? Assets { get; init; }

    public void Validate()
    {
        var faults = new Faults().Require(Port is >= 0 and <= 65535, $"Port must be between 0 and 65535 (got {Port}); 0 takes a free one.");
        foreach (var host in Hosts)
            faults.Require(Uri.TryCreate($"http://{host}/", UriKind.Absolute, out var uri) && uri.AbsolutePath == "/" && host.Length > 0 && uri.UserInfo == "",
                $"'{host}' is no host. Write it as name:port.");
        foreach (var origin in Origins)
            faults.Require(Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Host != "" && uri.GetLeftPart(UriPartial.Authority) == origin,
                $"'{origin}' is no origin. Write it as https://name:port, without a path.");
        foreach (var ancestor in FrameAncestors)
            faults.Require(ancestor.Length > 0 && !ancestor.Any(c => c is ';' or ',' or ' ' || char.IsControl(c)), $"'{ancestor}' is no source of a content policy. Write it as https://name:port or scheme:.");
        faults.ThrowIfAny();
    }
}
