using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GridWorld;

/// <summary>Configures Kestrel and SignalR: loopback only, without external configuration, logging or console output.</summary>
internal static class ServerHost
{
    public static WebApplication Build(ServerOptions options, Pipeline pipeline, HubServices hub)
    {
        var builder = WebApplication.CreateEmptyBuilder(new() { ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Production });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options));
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.Services.AddSingleton(hub);
        builder.Services.AddSignalR(signalR => Configure(signalR, options.Limits)).AddJsonProtocol(json =>
        {
            json.PayloadSerializerOptions.TypeInfoResolver = WireJson.Default;
            json.PayloadSerializerOptions.MaxDepth = ServerLimits.JsonDepth;
        });

        var app = builder.Build();
        app.Use(next => http => pipeline.InvokeAsync(http, next));
        app.UseRouting();
        app.MapConnections(Access.Hub, DispatcherOptions, connections => connections
            .Use(next => connection => Metered(connection, next, options))
            .UseHub<TrainingHub>());
        return app;
    }

    static void Configure(KestrelServerOptions kestrel, ServerOptions options)
    {
        var limits = options.Limits;
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = limits.BodyBytes;
        kestrel.Limits.MaxRequestLineSize = limits.RequestLineBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = limits.HeaderBytes;
        kestrel.Limits.MaxRequestHeaderCount = limits.Headers;
        kestrel.Limits.RequestHeadersTimeout = limits.HeaderTimeout;
        kestrel.Limits.KeepAliveTimeout = limits.KeepAlive;
        // Kestrel's own connection limit does not distinguish the owner from strangers, and rejects the newest. The lobby distinguishes
        // them.
        var lobby = new Lobby(limits, options.Time);
        kestrel.Listen(IPAddress.Loopback, options.PortOrVariable, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.Use(next => connection => lobby.ReceiveAsync(connection, next));
        });
    }

    static void Configure(HubOptions signalR, ServerLimits limits)
    {
        signalR.MaximumReceiveMessageSize = limits.HubMessageBytes;
        signalR.HandshakeTimeout = limits.HandshakeTimeout;
        signalR.ClientTimeoutInterval = limits.ClientTimeout;
        signalR.KeepAliveInterval = limits.PingInterval;
        signalR.MaximumParallelInvocationsPerClient = 1;
        signalR.StreamBufferCapacity = 1;
        signalR.EnableDetailedErrors = false;
        signalR.DisableImplicitFromServicesParameters = true;
    }

    static HttpConnectionDispatcherOptions DispatcherOptions { get; } = new()
    {
        Transports = HttpTransportType.WebSockets,
        ApplicationMaxBufferSize = ServerLimits.FrameBytes,
        TransportMaxBufferSize = ServerLimits.FrameBytes,
    };

    static Task Metered(ConnectionContext connection, ConnectionDelegate next, ServerOptions options)
    {
        var bucket = new TokenBucket(options.Limits.MessagesPerSecond, options.Limits.MessageBurst, options.Time);
        connection.Transport = new MeteredPipe(new MessageMeter(connection.Transport.Input, bucket, connection.Abort),
            connection.Transport.Output);
        return next(connection);
    }
}
