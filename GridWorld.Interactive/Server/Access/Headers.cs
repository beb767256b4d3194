using Microsoft.AspNetCore.Http;

namespace GridWorld;

/// <summary>Sets the headers of every reply.</summary>
internal sealed class Headers(IEnumerable<string> frameAncestors)
{
    // '*' does not match the schemes of an editor's output page, so they are listed.
    readonly string policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors "
        + string.Join(' ', ["'self'", "vscode-webview:", "vscode-file:", "http://127.0.0.1:*", "http://localhost:*", .. frameAncestors]);

    public void Apply(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }
}
