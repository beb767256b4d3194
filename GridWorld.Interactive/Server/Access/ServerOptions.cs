namespace GridWorld;

/// <summary>How a <see cref="WidgetServer"/> starts. Holds a secret: not a record, so that nothing prints it.</summary>
internal sealed class ServerOptions
{
    public const string PortVariable = "GRIDWORLD_PORT", MaxRunsVariable = "GRIDWORLD_MAX_RUNS";

    /// <summary>0: the one that GRIDWORLD_PORT says, else a free one.</summary>
    public int Port { get; init; }

    /// <summary>Where browsers on other machines reach the page; null takes GRIDWORLD_PUBLIC_URL, or what the place that this runs in says.</summary>
    public string? PublicUrl { get; init; }

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

    /// <summary>The port to listen on; 0 for a free one.</summary>
    public int PortOrVariable => Port != 0 ? Port : int.TryParse(Environment.GetEnvironmentVariable(PortVariable), out int port) ? port : 0;

    /// <summary>The most runs in training when a page asks for one more: what GRIDWORLD_MAX_RUNS says, else the limit.</summary>
    public int MostInTraining => MaxRuns ?? Limits.RunsInTraining;

    static int? MaxRuns => int.TryParse(Environment.GetEnvironmentVariable(MaxRunsVariable), out int runs) ? runs : null;

    public void Validate()
    {
        var faults = new Faults().Require(Port is >= 0 and <= 65535, $"Port must be between 0 and 65535 (got {Port}); 0 takes a free one.");
        if (Port == 0 && Environment.GetEnvironmentVariable(PortVariable) is { Length: > 0 } variable)
            faults.Require(int.TryParse(variable, out int port) && port is >= 1 and <= 65535, $"{PortVariable} must be between 1 and 65535 (got '{Printable.Text(variable)}'). Unset it to take a free port.");
        if (Environment.GetEnvironmentVariable(MaxRunsVariable) is { Length: > 0 } most)
            faults.Require(MaxRuns is >= 1, $"{MaxRunsVariable} must be a whole number of at least 1 (got '{Printable.Text(most)}'). Unset it to allow {TrainingLimit.Default}.");
        foreach (var host in Hosts)
            faults.Require(Uri.TryCreate($"http://{host}/", UriKind.Absolute, out var uri) && uri.AbsolutePath == "/" && host.Length > 0 && uri.UserInfo == "",
                $"'{host}' is not a host. Write it as name:port.");
        foreach (var origin in Origins)
            faults.Require(Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Host != "" && uri.GetLeftPart(UriPartial.Authority) == origin,
                $"'{origin}' is not an origin. Write it as https://name:port, without a path.");
        foreach (var ancestor in FrameAncestors)
            faults.Require(ancestor.Length > 0 && !ancestor.Any(c => c is ';' or ',' or ' ' || char.IsControl(c)), $"'{ancestor}' is not a source of a content policy. Write it as https://name:port or scheme:.");
        faults.ThrowIfAny();
    }
}
