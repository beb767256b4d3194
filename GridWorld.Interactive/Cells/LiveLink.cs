namespace GridWorld;

/// <summary>Where a run can be watched and steered.</summary>
/// <param name="Url">The page's address on this machine; its fragment is a secret of this process.</param>
/// <param name="Instance">What the server's <c>/hello</c> must answer before a page may trust it.</param>
/// <param name="PublicUrl">The page's address for browsers on other machines; null where none is known.</param>
/// <param name="FitsFrame">Whether a notebook's page may be able to hold the page in a frame.</param>
internal sealed record LiveLink(string Url, string Instance, string? PublicUrl = null, bool FitsFrame = true)
{
    static WidgetServer? server;

    /// <summary>The address for the person, who sits where the browser is.</summary>
    public string Best => PublicUrl ?? Url;

    /// <summary>That address without its secret.</summary>
    public string Page => Best[..Best.IndexOf('#', StringComparison.Ordinal)];

    /// <summary>Serves a run and gives the link to it. The server starts with the first one.</summary>
    /// <exception cref="InputException">The server cannot be started as it was set up.</exception>
    public static LiveLink To(RunView view, bool readOnly = false)
    {
        var running = server = WidgetServer.Default;
        running.Register(view);
        return new(running.Url(view.Id, readOnly), running.Instance, running.PublicUrl(view.Id, readOnly), running.FitsFrame);
    }

    /// <summary>The same; null where this machine allows no server, since a cell's output must never fail for that.</summary>
    public static LiveLink? TryTo(RunView view)
    {
        try
        {
            return To(view);
        }
        catch (Exception e) when (e is InputException or IOException or System.Net.Sockets.SocketException or UnauthorizedAccessException or ObjectDisposedException)
        {
            return null;
        }
    }

    /// <summary>Ends the server, if one was started.</summary>
    public static async ValueTask StopAsync()
    {
        if (Interlocked.Exchange(ref server, null) is { } running)
            await running.DisposeAsync().ConfigureAwait(false);
    }
}
