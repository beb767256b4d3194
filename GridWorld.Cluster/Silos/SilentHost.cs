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
    public static HostApplicationBuilder Builder()
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddSerializer(serializer => serializer.AddAssembly(typeof(ISweepGrain).Assembly));
        return builder;
    }

    /// <summary>What home's silo and those of the workers have in common.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="home">Where home is.</param>
    /// <param name="own">The silo's own address; null for home's.</param>
    /// <param name="certificate">The shared certificate; null for none.</param>
    /// <param name="redis">Where the membership is kept; null for home's memory.</param>
    /// <param name="lost">Told when the silo must end.</param>
    public static void Configure(this ISiloBuilder silo, HomePlace home, IPEndPoint? own, SharedCertificate? certificate,
        RedisBook? redis, LostSilo lost)
    {
        var (at, gateway) = own is null ? (home.Address, home.Gateway.Port) : (own, 0);
        silo.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (home.ClusterId, HomePlace.Service));
        if (redis is null)
            silo.UseDevelopmentClustering(home.Address);
        else
            silo.UseRedisClustering(o => o.ConfigurationOptions = redis.Options);
        silo.Configure<EndpointOptions>(o => (o.AdvertisedIPAddress, o.SiloPort, o.GatewayPort) = (at.Address, at.Port, gateway));
        // Measured: a killed silo is noticed after 7 s, even if all workers are killed at once, and none is evicted by a busy machine.
        silo.Configure<ClusterMembershipOptions>(o =>
        {
            (o.ProbeTimeout, o.NumMissedProbesLimit, o.NumVotesForDeathDeclaration) = (TimeSpan.FromSeconds(2), 3, 1);
            (o.EnableIndirectProbes, o.EnableConnectionLivenessCheck) = (false, false);
            o.MaxJoinAttemptTime = TimeSpan.FromSeconds(8);
        });
        // Otherwise a silo that begins while home is frozen waits half a minute for its first answer.
        silo.Configure<SiloMessagingOptions>(o => o.SystemResponseTimeout = TimeSpan.FromSeconds(5));
        silo.UseSiloMetadata(new Dictionary<string, string> { [HomeOnlyDirector.Role] = own is null ? HomeOnlyDirector.Home : "worker" });
        silo.Services.AddPlacementFilter<HomeOnlyStrategy, HomeOnlyDirector>(ServiceLifetime.Singleton);
        silo.Services.AddSingleton<Orleans.Runtime.IFatalErrorHandler>(lost);
        silo.AddActivityPropagation();
        if (certificate is not null)
            silo.UseTls(options => Secure(options, certificate));
    }

    /// <summary>A client that only dials out, to home's gateway.</summary>
    public static void Configure(this IClientBuilder client, HomePlace home, SharedCertificate? certificate)
    {
        client.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (home.ClusterId, HomePlace.Service));
        client.UseStaticClustering(home.Gateway);
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
