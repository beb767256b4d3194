using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace GridWorld;

/// <summary>
/// The live widget's server: on loopback, in this process, for all its runs. Nothing else on the machine or in the browser
/// can read or steer a run without the token in <see cref="Url"/>.
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
        tokens = (options.Token ?? Environment.GetEnvironmentVariable(Tokens.Variable)) is { Length: > 0 } given ? Tokens.Given(given) : Tokens.New();
        Instance = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        Runs = new ServedRuns(options.Store, options.MostInTraining);
        var turn = new ReplayTurn(options.Limits.ReplayTime);
        Routes = new Routes([.. PageEndpoints.Routes(options.Assets ?? Assets.Embedded(), Instance), .. RunEndpoints.Routes(Runs, turn), .. HubRoutes]);
        var access = new Access(Routes, tokens, options.Limits, options.Time);
        app = ServerHost.Build(options, new Pipeline(access, new Headers([.. options.FrameAncestors, .. PublicOrigins]), options.Limits, Runs.WithoutFolders), new HubServices(Runs, Instance, options.Limits, turn, options.Time));
        Port = Listen(app, options.PortOrVariable);
        access.Origins = new Origins(Port, [.. options.Hosts, .. PublicHosts], [.. options.Origins, .. PublicOrigins]);
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
        RunLog.OfServer(log => RunMessages.ServerStarted(log, Port));
        if (options.StopWithParent)
            watch = new ParentWatch(ParentWatch.OfThisProcess(), () => _ = DisposeAsync(), options.Time);
    }

    /// <summary>The server of this process, started when first asked for, and again after it was disposed of.</summary>
    public static WidgetServer Default
    {
        get
        {
            lock (Gate)
                return shared is { IsRunning: true } ? shared : shared = Start(DefaultOptions);
        }
    }

    /// <summary>Whether <see cref="Default"/> has been asked for and not been disposed of.</summary>
    public static bool IsDefaultRunning
    {
        get
        {
            lock (Gate)
                return shared is { IsRunning: true };
        }
    }

    /// <summary>How <see cref="Default"/> starts; whoever loads the library sets it before.</summary>
    public static ServerOptions DefaultOptions { get; set; } = new();

    public int Port { get; }

    /// <summary>Tells this server from one that had the port before; no secret.</summary>
    public string Instance { get; }

    public bool IsRunning => Volatile.Read(ref disposed) == 0;

    public ServedRuns Runs { get; }

    public Routes Routes { get; }

    internal IServiceProvider Services => app.Services;

    static IEnumerable<Route> HubRoutes { get; } = [new("GET", Access.Hub, Scope.View, null), new("POST", Access.Hub + "/negotiate", Scope.View, null)];

    /// <summary>Starts one. Returns once it listens.</summary>
    public static WidgetServer Start(ServerOptions? options = null) => new(options ?? new());

    /// <summary>Serves a run of this process under its id, until the server ends.</summary>
    public void Register(RunView view) => Runs.Register(view);

    /// <summary>The page's address with its token: a secret, for the user alone.</summary>
    /// <param name="runId">The run to open; null opens the newest.</param>
    /// <param name="readOnly">With the token that may look, but not steer.</param>
    public string Url(string? runId = null, bool readOnly = false) => $"http://127.0.0.1:{Port}/{Fragment(runId, readOnly)}";

    /// <summary>The same for browsers on other machines; null where no way from there is known.</summary>
    /// <inheritdoc cref="Url"/>
    public string? PublicUrl(string? runId = null, bool readOnly = false) => publicAddress is null ? null : publicAddress.Page(Port) + Fragment(runId, readOnly);

    /// <summary>Whether a notebook's page may be able to hold the page in a frame.</summary>
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

    string Fragment(string? runId, bool readOnly) => $"#{(readOnly ? tokens.View : tokens.Control)}{(runId is null ? "" : "/" + Uri.EscapeDataString(runId))}";

    void OnProcessExit(object? sender, EventArgs e) => DisposeAsync().AsTask().Wait(TimeSpan.FromSeconds(2));

    static int Listen(WebApplication app, int port)
    {
        try
        {
            // On the pool: a caller's synchronization context must not be waited on.
            Task.Run(() => app.StartAsync()).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            Task.Run(async () => await app.DisposeAsync()).GetAwaiter().GetResult();
            throw new InputException($"Port {port} of 127.0.0.1 cannot be used: another program has it, or this one may not. Choose another port, or 0 for a free one.");
        }

        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return new Uri(addresses.First()).Port;
    }
}
