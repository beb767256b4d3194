using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace GridWorld;

/// <summary>
/// The server of the live view, on loopback, for all runs of this process. No other program on the machine and no other page in the
/// browser can read or steer a run without the token in <see cref="Url"/>.
/// </summary>
internal sealed class WidgetServer : IAsyncDisposable
{
    static readonly Lock Gate = new();
    static WidgetServer? shared;

    readonly WebApplication app;
    readonly Tokens tokens;
    readonly ParentWatch? watch;
    readonly PublicAddress? publicAddress;
    int disposed;

    WidgetServer(ServerOptions options)
    {
        options.Validate();
        publicAddress = PublicAddress.Of(options.PublicUrl, Environment.GetEnvironmentVariable);
        tokens = (options.Token ?? Environment.GetEnvironmentVariable(Tokens.Variable)) is { Length: > 0 } given
            ? Tokens.Given(given) : Tokens.New();
        Instance = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        Runs = new ServedRuns(options.Store, options.MostInTraining);
        var turn = new ReplayTurn(options.Limits.ReplayTime);
        Routes = new Routes([.. PageEndpoints.Routes(options.Assets ?? Assets.Embedded(), Instance), .. RunEndpoints.Routes(Runs, turn),
            .. HubRoutes]);
        var access = new Access(Routes, tokens, options.Limits, options.Time);
        app = ServerHost.Build(options,
            new Pipeline(access, new Headers([.. options.FrameAncestors, .. PublicOrigins]), options.Limits, Runs.WithoutFolders),
            new HubServices(Runs, Instance, options.Limits, turn, options.Time));
        Port = Listen(app, options.PortOrVariable);
        access.Origins = new Origins(Port, [.. options.Hosts, .. PublicHosts], [.. options.Origins, .. PublicOrigins]);
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
        RunLog.OfServer(log => RunMessages.ServerStarted(log, Port));
        if (options.StopWithParent)
            watch = new ParentWatch(ParentWatch.OfThisProcess(), () => _ = DisposeAsync(), options.Time);
    }

    /// <summary>The server of this process. The first access starts it, as does the first access after it was disposed.</summary>
    public static WidgetServer Default
    {
        get
        {
            lock (Gate)
                return shared is { IsRunning: true } ? shared : shared = Start(DefaultOptions);
        }
    }

    /// <summary>Whether <see cref="Default"/> is running.</summary>
    public static bool IsDefaultRunning
    {
        get
        {
            lock (Gate)
                return shared is { IsRunning: true };
        }
    }

    /// <summary>The options of <see cref="Default"/>; set them before it starts.</summary>
    public static ServerOptions DefaultOptions { get; set; } = new();

    public int Port { get; }

    /// <summary>An id that distinguishes this server from an earlier one on the same port. Not a secret.</summary>
    public string Instance { get; }

    public bool IsRunning => Volatile.Read(ref disposed) == 0;

    public ServedRuns Runs { get; }

    public Routes Routes { get; }

    internal IServiceProvider Services => app.Services;

    static IEnumerable<Route> HubRoutes { get; } = [new("GET", Access.Hub, Scope.View, null),
        new("POST", Access.Hub + "/negotiate", Scope.View, null)];

    /// <summary>Starts a server, and returns when it listens.</summary>
    public static WidgetServer Start(ServerOptions? options = null) => new(options ?? new());

    /// <summary>Serves a run of this process under its id until the server stops.</summary>
    public void Register(RunView view) => Runs.Register(view);

    /// <summary>Serves a sweep of this process under its id until the server stops.</summary>
    public void Register(SweepView sweep) => Runs.Sweeps.Register(sweep);

    /// <summary>Serves an ensemble of this process under its id until the server stops.</summary>
    public void Register(EnsembleView ensemble) => Runs.Sweeps.Register(ensemble);

    /// <summary>The address of the live view, including the token. The address is a secret, for the user only.</summary>
    /// <param name="runId">The run to open; null opens the newest.</param>
    /// <param name="readOnly">Whether to use the view-only token.</param>
    public string Url(string? runId = null, bool readOnly = false) => $"http://127.0.0.1:{Port}/{Fragment(runId, readOnly)}";

    /// <summary>The address for browsers on other machines; null if none is known.</summary>
    /// <inheritdoc cref="Url"/>
    public string? PublicUrl(string? runId = null, bool readOnly = false) =>
        publicAddress is null ? null : publicAddress.Page(Port) + Fragment(runId, readOnly);

    /// <summary>Whether a notebook can show the live view in an iframe.</summary>
    public bool FitsFrame => publicAddress?.FitsFrame ?? true;

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0)
            return;
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        watch?.Dispose();
        await app.StopAsync().ConfigureAwait(false);
        await app.DisposeAsync().ConfigureAwait(false);
        RunLog.OfServer(log => RunMessages.ServerStopped(log, Port));
    }

    IEnumerable<string> PublicHosts => publicAddress is null ? [] : [publicAddress.Host(Port)];

    IEnumerable<string> PublicOrigins => publicAddress is null ? [] : [publicAddress.Origin(Port)];

    /// <summary>The part of a link that opens a sweep or an ensemble, in place of a run's id.</summary>
    public static string OfSweep(string id) => SweepPrefix + id;

    const string SweepPrefix = "sweep=";

    string Fragment(string? id, bool readOnly) => $"#{(readOnly ? tokens.View : tokens.Control)}" + (id is null ? ""
        : id.StartsWith(SweepPrefix, StringComparison.Ordinal) ? $"/{SweepPrefix}{Uri.EscapeDataString(id[SweepPrefix.Length..])}"
        : "/" + Uri.EscapeDataString(id));

    void OnProcessExit(object? sender, EventArgs e) => DisposeAsync().AsTask().Wait(TimeSpan.FromSeconds(2));

    static int Listen(WebApplication app, int port)
    {
        try
        {
            // On the thread pool, because waiting on the caller's synchronization context can deadlock.
            Task.Run(() => app.StartAsync()).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            Task.Run(async () => await app.DisposeAsync()).GetAwaiter().GetResult();
            throw new InputException($"Port {port} of 127.0.0.1 cannot be used: another program uses it, "
                + "or this program is not allowed to. Choose another port, or 0 for a free one.");
        }

        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return new Uri(addresses.First()).Port;
    }
}
