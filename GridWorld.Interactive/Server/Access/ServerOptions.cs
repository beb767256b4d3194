namespace GridWorld;

/// <summary>The options of a <see cref="WidgetServer"/>. They contain a secret, so this is not a record, which would print it.</summary>
internal sealed class ServerOptions
{
    public const string PortVariable = "GRIDWORLD_PORT", MaxRunsVariable = "GRIDWORLD_MAX_RUNS";

    /// <summary>The port. 0, the default, means the value of GRIDWORLD_PORT or a free port.</summary>
    public int Port { get; init; }

    /// <summary>
    /// The address for browsers on other machines; null means the value of GRIDWORLD_PUBLIC_URL, or the address that the environment
    /// provides.
    /// </summary>
    public string? PublicUrl { get; init; }

    /// <summary>The control token; null means the value of GRIDWORLD_TOKEN, or a new token.</summary>
    public string? Token { get; init; }

    /// <summary>A folder of stored runs to serve in addition to the registered runs; null for none.</summary>
    public string? Store { get; init; }

    /// <summary>Allowed Host headers in addition to the loopback names with our port, as a proxy sends them: <c>name:port</c>.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Allowed origins in addition to our own, as a browser sends them: <c>https://name:port</c>.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>Sites that may embed the live view, in addition to notebooks on this machine.</summary>
    public IReadOnlyList<string> FrameAncestors { get; init; } = [];

    /// <summary>Whether to stop the server when the parent process has ended. A kernel keeps running when its editor ends.</summary>
    public bool StopWithParent { get; init; }

    public ServerLimits Limits { get; init; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The files of the live view; null means the files embedded in this assembly.</summary>
    public Assets? Assets { get; init; }

    /// <summary>The port to listen on; 0 means a free port.</summary>
    public int PortOrVariable => Port != 0 ? Port : int.TryParse(Environment.GetEnvironmentVariable(PortVariable), out int port) ? port : 0;

    /// <summary>
    /// The maximum number of runs in training when a live view starts another one: the value of GRIDWORLD_MAX_RUNS, or the default limit.
    /// </summary>
    public int MostInTraining => MaxRuns ?? Limits.RunsInTraining;

    static int? MaxRuns => int.TryParse(Environment.GetEnvironmentVariable(MaxRunsVariable), out int runs) ? runs : null;

    public void Validate()
    {
        var faults = new Faults().Require(Port is >= 0 and <= 65535, $"Port must be between 0 and 65535 (got {Port}); "
            + "0 selects a free port.");
        if (Port == 0 && Environment.GetEnvironmentVariable(PortVariable) is { Length: > 0 } variable)
            faults.Require(int.TryParse(variable, out int port) && port is >= 1 and <= 65535,
                $"{PortVariable} must be between 1 and 65535 (got '{Printable.Text(variable)}'). "
                + "Unset it to use a free port.");
        if (Environment.GetEnvironmentVariable(MaxRunsVariable) is { Length: > 0 } most)
            faults.Require(MaxRuns is >= 1,
                $"{MaxRunsVariable} must be a whole number of at least 1 (got '{Printable.Text(most)}'). Unset it to allow"
                + $" {TrainingLimit.Default}.");
        foreach (var host in Hosts)
            faults.Require(Uri.TryCreate($"http://{host}/", UriKind.Absolute, out var uri) && uri.AbsolutePath == "/" && host.Length > 0
                && uri.UserInfo == "",
                $"'{host}' is not a host. Write it as name:port.");
        foreach (var origin in Origins)
            faults.Require(Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Host != ""
                && uri.GetLeftPart(UriPartial.Authority) == origin,
                $"'{origin}' is not an origin. Write it as https://name:port, without a path.");
        foreach (var ancestor in FrameAncestors)
            faults.Require(ancestor.Length > 0 && !ancestor.Any(c => c is ';' or ',' or ' ' || char.IsControl(c)),
                $"'{ancestor}' is not a source for a content security policy. "
                + "Write it as https://name:port or scheme:.");
        faults.ThrowIfAny();
    }
}
