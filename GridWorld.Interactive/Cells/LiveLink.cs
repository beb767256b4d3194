using System.Globalization;

namespace GridWorld;

/// <summary>The address of a run's live view.</summary>
/// <param name="Url">The address on this machine. Its fragment is a secret of this process.</param>
/// <param name="Instance">The answer that the server's <c>/hello</c> must give before a page may trust it.</param>
/// <param name="PublicUrl">The address for browsers on other machines; null if unknown.</param>
/// <param name="FitsFrame">Whether a notebook can show the live view in an iframe.</param>
internal sealed record LiveLink(string Url, string Instance, string? PublicUrl = null, bool FitsFrame = true)
{
    static WidgetServer? server;

    /// <summary>The address for the user's browser: the public one if there is one.</summary>
    public string Best => PublicUrl ?? Url;

    /// <summary><see cref="Best"/> without its secret.</summary>
    public string Page => Best[..Best.IndexOf('#', StringComparison.Ordinal)];

    /// <summary>Serves a run, or a moment of it, and returns the link to it. The first call starts the server.</summary>
    /// <exception cref="InputException">The server cannot start with its configuration.</exception>
    public static LiveLink To(RunView view, bool readOnly = false) => To(server => server.Register(view), view.Id, readOnly,
        view is PastRunView moment ? string.Create(CultureInfo.InvariantCulture, $"@{moment.Episode}") : "");

    /// <summary>Serves a sweep.</summary> <inheritdoc cref="To(RunView, bool)"/>
    public static LiveLink To(SweepView view, bool readOnly = false) =>
        To(server => server.Register(view), WidgetServer.OfSweep(view.Id), readOnly);

    /// <summary>Serves an ensemble.</summary> <inheritdoc cref="To(RunView, bool)"/>
    public static LiveLink To(EnsembleView view, bool readOnly = false) =>
        To(server => server.Register(view), WidgetServer.OfSweep(view.Id), readOnly);

    // The moment comes after the id, not encoded.
    static LiveLink To(Action<WidgetServer> register, string? id, bool readOnly, string moment = "")
    {
        var running = server = WidgetServer.Default;
        register(running);
        return new(running.Url(id, readOnly) + moment, running.Instance,
            running.PublicUrl(id, readOnly) is { } known ? known + moment : null, running.FitsFrame);
    }

    /// <summary>
    /// Like <see cref="To(RunView, bool)"/>, but returns null if this machine allows no server, because a cell's output must not fail for
    /// that reason.
    /// </summary>
    public static LiveLink? TryTo(RunView view) => Try(() => To(view));

    /// <inheritdoc cref="TryTo(RunView)"/>
    public static LiveLink? TryTo(SweepView view) => Try(() => To(view));

    /// <inheritdoc cref="TryTo(RunView)"/>
    public static LiveLink? TryTo(EnsembleView view) => Try(() => To(view));

    /// <summary>
    /// Starts the server, if it is not running, and returns the link to it, for a page that shows no run; null if this machine allows no
    /// server.
    /// </summary>
    public static LiveLink? TryToServer() => Try(() => To(_ => { }, id: null, readOnly: true));

    static LiveLink? Try(Func<LiveLink> to)
    {
        try
        {
            return to();
        }
        catch (Exception e)
            when (e is InputException or IOException or System.Net.Sockets.SocketException or UnauthorizedAccessException
            or ObjectDisposedException)
        {
            return null;
        }
    }

    /// <summary>Stops the server if it is running.</summary>
    public static async ValueTask StopAsync()
    {
        if (Interlocked.Exchange(ref server, null) is { } running)
            await running.DisposeAsync().ConfigureAwait(false);
    }
}
