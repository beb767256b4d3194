using System.Diagnostics.CodeAnalysis;

namespace GridWorld;

/// <summary>The address of the live view for browsers on other machines, through an existing proxy or forwarded port.</summary>
/// <param name="Template">The address, with <c>{{port}}</c> for the port.</param>
/// <param name="FitsFrame">Whether a notebook can show the live view in an iframe.</param>
internal sealed record PublicAddress(string Template, bool FitsFrame)
{
    public const string Variable = "GRIDWORLD_PUBLIC_URL";
    const string PortMark = "{{port}}", JupyterProxy = "proxy/" + PortMark + "/";

    /// <param name="given">An address from an option; null uses the environment variables.</param>
    /// <param name="environment">Gets a variable's value by its name.</param>
    /// <exception cref="InputException">The value is not an address.</exception>
    public static PublicAddress? Of(string? given, Func<string, string?> environment)
    {
        string? Set(string name) => environment(name) is { Length: > 0 } value ? value : null;

        if ((given ?? Set(Variable)) is { Length: > 0 } chosen)
            return Chosen(chosen, Set("JUPYTERHUB_SERVICE_PREFIX"));
        // A forwarded port first asks the user to sign in, which an iframe on another site cannot show.
        if (Set("CODESPACE_NAME") is { } name && Set("GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN") is { } domain)
            return Found($"https://{name}-{PortMark}.{domain}/", fitsFrame: false);
        if (Set("VSCODE_PROXY_URI") is { } proxy)
            return Found(proxy, fitsFrame: false);
        return Set("JUPYTERHUB_PUBLIC_URL") is { } hub ? Found(Folder(hub) + JupyterProxy, fitsFrame: true) : null;
    }

    /// <summary>
    /// A hint on how to make the live view reachable if the environment does not provide an address; null if nothing seems to be missing.
    /// </summary>
    public static string? Hint(Func<string, string?> environment) =>
        environment("JUPYTERHUB_SERVICE_PREFIX") is { Length: > 0 } && Of(null, environment) is null
        ? $"This kernel runs on a JupyterHub: set {Variable} to the hub's address, as in https://hub.example.org, and show the run"
        + " again in a new kernel."
        : null;

    /// <summary>The address of the live view, without a token.</summary>
    public string Page(int port) =>
        Template.Replace(PortMark, port.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);

    /// <summary>The Host header of requests to this address.</summary>
    public string Host(int port) => new Uri(Page(port)).Authority;

    /// <summary>The Origin header of requests to this address.</summary>
    public string Origin(int port) => new Uri(Page(port)).GetLeftPart(UriPartial.Authority);

    static PublicAddress Chosen(string url, string? hubPrefix)
    {
        new Faults().Require(IsPage(url), $"{Variable} is '{Printable.Text(url)}', which is not the address of a page. "
            + $"Use https://HOST/PATH/, with {PortMark} in place of the port.").ThrowIfAny();
        // An administrator sets one address for all users; the rest of the path depends on the user.
        bool isHub = hubPrefix is not null && !url.Contains(PortMark, StringComparison.Ordinal) && new Uri(url).AbsolutePath == "/";
        return new(isHub ? Folder(url) + Folder(hubPrefix!).TrimStart('/') + JupyterProxy : Folder(url), FitsFrame: true);
    }

    static PublicAddress? Found(string url, bool fitsFrame) => IsPage(url) ? new(Folder(url), fitsFrame) : null;

    static bool IsPage([StringSyntax(StringSyntaxAttribute.Uri)] string url) =>
        Uri.TryCreate(url.Replace(PortMark, "65535", StringComparison.Ordinal), UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https" && uri is { Host.Length: > 0, UserInfo: "", Query: "", Fragment: "" } && !url.Contains('#')
        && !url.Contains('?');

    static string Folder(string url) => url.EndsWith('/') ? url : url + "/";
}
