using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Connections.Security;
using Orleans.Placement;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Serialization;

namespace GridWorld.Cluster;

/// <summary>How a silo or a client is hosted: without a word on the console, and without hearing signals.</summary>
internal static class SilentHost
{
    public const string ClusterId = "gridworld";

    public static HostApplicationBuilder Builder()
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddSerializer(serializer => serializer.AddAssembly(typeof(ISweepGrain).Assembly));
        return builder;
    }

    /// <summary>What home's silo and those of the workers have in common.</summary>
    public static void Configure(this ISiloBuilder silo, IPEndPoint own, int gateway, bool isHome, SharedCertificate? certificate,
        LostSilo lost)
    {
        silo.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (ClusterId, ClusterId));
        silo.Configure<EndpointOptions>(o => (o.AdvertisedIPAddress, o.SiloPort, o.GatewayPort) = (own.Address, own.Port, gateway));
        // Measured: a killed silo is noticed after 7 s, even if all workers are killed at once, and none is evicted by a busy machine.
        silo.Configure<ClusterMembershipOptions>(o =>
        {
            (o.ProbeTimeout, o.NumMissedProbesLimit, o.NumVotesForDeathDeclaration) = (TimeSpan.FromSeconds(2), 3, 1);
            (o.EnableIndirectProbes, o.EnableConnectionLivenessCheck) = (false, false);
            o.MaxJoinAttemptTime = TimeSpan.FromSeconds(8);
        });
        // Otherwise a silo that begins while home is frozen waits half a minute for its first answer.
        silo.Configure<SiloMessagingOptions>(o => o.SystemResponseTimeout = TimeSpan.FromSeconds(5));
        silo.UseSiloMetadata(new Dictionary<string, string> { [HomeOnlyDirector.Role] = isHome ? HomeOnlyDirector.Home : "worker" });
        silo.Services.AddPlacementFilter<HomeOnlyStrategy, HomeOnlyDirector>(ServiceLifetime.Singleton);
        silo.Services.AddSingleton<Orleans.Runtime.IFatalErrorHandler>(lost);
        silo.AddActivityPropagation();
        if (certificate is not null)
            silo.UseTls(options => Secure(options, certificate));
    }

    public static void Configure(this IClientBuilder client, SharedCertificate? certificate)
    {
        client.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (ClusterId, ClusterId));
        client.AddActivityPropagation();
        if (certificate is not null)
            client.UseTls(options => Secure(options, certificate));
    }

    /// <summary>Stops a host, however it stands.</summary>
    public static async Task EndAsync(this IHost host)
    {
        using var most = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await host.StopAsync(most.Token);
        }
        catch (Exception)
        {
            // A silo that the others have declared dead cannot leave in an orderly way.
        }

        if (host is IAsyncDisposable one)
            await one.DisposeAsync();
        else
            host.Dispose();
    }

    static void Secure(TlsOptions options, SharedCertificate certificate)
    {
        options.LocalCertificate = certificate.Certificate;
        options.LocalClientCertificateSelector = (_, _, _, _, _) => certificate.Certificate;
        options.RemoteCertificateMode = options.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
        options.RemoteCertificateValidation = (other, _, _) => certificate.IsSame(other);
        options.OnAuthenticateAsClient = (_, client) => client.TargetHost = "GridWorld";
        options.CheckCertificateRevocation = false;
    }

    sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

/// <summary>Notes that a silo must end, where Orleans would end the process.</summary>
internal sealed class LostSilo : Orleans.Runtime.IFatalErrorHandler
{
    volatile bool isLost;

    public bool IsLost => isLost;

    public bool IsUnexpected(Exception exception) => true;

    public void OnFatalException(object? sender = null, string? context = null, Exception? exception = null) => isLost = true;
}
