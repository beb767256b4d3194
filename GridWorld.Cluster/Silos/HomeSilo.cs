using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Runtime;

namespace GridWorld.Cluster;

/// <summary>
/// Home's silo. If the others declare it dead, for example after the process was frozen, it starts again on its port. What home knows
/// is not part of it.
/// </summary>
internal sealed class HomeSilo : IAsyncDisposable
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);
    readonly CancellationTokenSource ended = new();
    readonly SharedCertificate? certificate;
    readonly Task watch;
    LostSilo lost = new();
    IHost? host;
    IClusterMembershipService? members;

    HomeSilo(IPEndPoint address, SharedCertificate? certificate, IHost host, LostSilo lost, Home home)
    {
        (Address, this.certificate, Home, this.lost) = (address, certificate, home, lost);
        Use(host);
        watch = Task.Run(WatchAsync);
    }

    public IPEndPoint Address { get; }

    public Home Home { get; }

    /// <summary>All workers.</summary>
    public IReadOnlyList<WorkerStatus> Workers => Home.Workers;

    /// <summary>From now on, workers train this sweep.</summary>
    public void Serve(SweepRun sweep) => Home.Serve(sweep);

    /// <summary>Starts to listen. Port 0 means a free one; clients use the next port.</summary>
    /// <exception cref="InputException">The address cannot be used.</exception>
    public static async Task<HomeSilo> StartAsync(IPEndPoint address, SharedCertificate? certificate, Compatibility own,
        Action<string> say)
    {
        for (int attempt = 1; ; attempt++)
        {
            var at = address.Port > 0 ? address : new(address.Address, ClusterAddress.FreePort(address.Address));
            HomeSilo? silo = null;
            var home = new Home(own, TimeProvider.System, incarnation => silo?.IsDead(incarnation) == true, say);
            var (host, lost) = Build(at, certificate, home);
            try
            {
                await host.StartAsync();
                return silo = new(at, certificate, host, lost, home);
            }
            catch (Exception e)
            {
                await host.EndAsync();
                if (address.Port > 0 || attempt == 5)
                    throw new InputException($"Home cannot listen on {at} and the next port: {e.GetBaseException().Message}");
            }
        }
    }

    /// <summary>Waits a moment until every worker knows that the sweep has ended, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        for (int k = 0; k < 50 && !Home.HasToldAll; k++)
            await Task.Delay(100);
        await ended.CancelAsync();
        await watch;
        if (host is not null)
            await host.EndAsync();
        ended.Dispose();
    }

    static (IHost Host, LostSilo Lost) Build(IPEndPoint address, SharedCertificate? certificate, Home home)
    {
        var (builder, lost) = (SilentHost.Builder(), new LostSilo());
        builder.Services.AddSingleton(home);
        builder.UseOrleans(silo =>
        {
            silo.Configure(address, address.Port + 1, isHome: true, certificate, lost);
            silo.UseDevelopmentClustering(address);
        });
        return (builder.Build(), lost);
    }

    void Use(IHost now) => (host, members) = (now, now.Services.GetRequiredService<IClusterMembershipService>());

    bool IsDead(string incarnation) => members is { } known
        && known.CurrentSnapshot.GetSiloStatus(SiloAddress.FromParsableString(incarnation)) == SiloStatus.Dead;

    async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(Home.TickEvery);
        try
        {
            while (await timer.WaitForNextTickAsync(ended.Token))
            {
                Home.Tick();
                if (lost.IsLost || host is null)
                    await RestartAsync();
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    async Task RestartAsync()
    {
        if (host is not null)
            await host.EndAsync();
        (host, members) = (null, null);
        var (next, nextLost) = Build(Address, certificate, Home);
        try
        {
            await next.StartAsync(ended.Token);
            lost = nextLost;
            Use(next);
        }
        catch (Exception)
        {
            // The port may still be taken; the next tick tries again.
            await next.EndAsync();
            await Task.Delay(Pause, ended.Token);
        }
    }
}
