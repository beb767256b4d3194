using System.Collections.Frozen;

namespace GridWorld;

/// <summary>The accepted Host and Origin headers. They are compared as whole strings.</summary>
internal sealed class Origins
{
    readonly FrozenSet<string> hosts, origins;

    public Origins(int port, IEnumerable<string> configuredHosts, IEnumerable<string> configuredOrigins)
    {
        string[] own = [$"127.0.0.1:{port}", $"localhost:{port}", $"[::1]:{port}"];
        hosts = own.Concat(configuredHosts).ToFrozenSet(StringComparer.Ordinal);
        origins = own.Select(host => $"http://{host}").Concat(configuredOrigins).ToFrozenSet(StringComparer.Ordinal);
    }

    public bool IsHost(string host) => hosts.Contains(host);

    public bool IsOrigin(string origin) => origins.Contains(origin);

    /// <summary>Whether an origin is a notebook's page on this machine, which may call <c>/hello</c> and nothing else.</summary>
    public static bool IsNotebook(string origin) =>
        After(origin, "vscode-webview://") is { Length: > 0 } id ? id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-')
        : (After(origin, "http://localhost:") ?? After(origin, "http://127.0.0.1:")) is { Length: > 0 and <= 5 } port
        && port.All(char.IsAsciiDigit);

    static string? After(string text, string prefix) => text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : null;
}
