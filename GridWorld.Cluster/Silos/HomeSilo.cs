using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
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
    readonly RedisBook? redis;
    readonly Action<string> say;
    readonly Task watch;
    HomePlace place;
    LostSilo lost;
    IHost? host;
    IClusterMembershipService? members;
    Task<bool>? asking;
    volatile string? served;

    HomeSilo(HomePlace place, SharedCertificate? certificate, RedisBook? redis, IHost host, LostSilo lost, Home home, Action<string> say)
    {
        (this.place, this.certificate, this.redis, Home, this.lost, this.say) = (place, certificate, redis, home, lost, say);
        Use(host);
        watch = Task.Run(WatchAsync);
    }

    public IPEndPoint Address => place.Address;

    public Home Home { get; }

    /// <summary>From now on, workers train this sweep.</summary>
    /// <exception cref="InputException">Redis does not answer.</exception>
    public async Task ServeAsync(SweepRun sweep)
    {
        served = sweep.Id;
        Home.Serve(sweep);
        await NoteAsync();
    }

    /// <summary>Starts to listen. Port 0 means a free one; clients use the next port.</summary>
    /// <param name="address">The address.</param>
    /// <param name="certificate">The shared certificate; null for none.</param>
    /// <param name="redis">Where home registers itself; null for nowhere.</param>
    /// <param name="own">What the workers must have in common with it.</param>
    /// <param name="say">Told what a person should know.</param>
    /// <exception cref="InputException">The address cannot be used.</exception>
    public static async Task<HomeSilo> StartAsync(IPEndPoint address, SharedCertificate? certificate, RedisBook? redis, Compatibility own,
        Action<string> say)
    {
        for (int attempt = 1; ; attempt++)
        {
            var at = new HomePlace(ClusterId(redis), address.Port > 0 ? address
                : new(address.Address, ClusterAddress.FreePort(address.Address)));
            HomeSilo? silo = null;
            var home = new Home(own, TimeProvider.System, incarnation => silo?.IsDead(incarnation) == true, say);
            var (host, lost) = Build(at, certificate, redis, home);
            try
            {
                await host.StartAsync();
                await (redis?.RegisterAsync(at) ?? Task.CompletedTask);
                return silo = new(at, certificate, redis, host, lost, home, say);
            }
            catch (Exception e)
            {
                await host.EndAsync();
                if (address.Port > 0 || attempt == 5)
                    throw new InputException($"Home cannot listen on {at.Address} and the next port: {e.GetBaseException().Message}");
            }
        }
    }

    /// <summary>Waits for a lease at most until every worker knows that the sweep has ended, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        for (int k = 0; k < 150 && !Home.HasToldAll; k++)
            await Task.Delay(100);
        await ended.CancelAsync();
        await watch;
        if (host is not null)
            await host.EndAsync();
        if (redis is not null)
        {
            await redis.ForgetAsync(place);
            await redis.DisposeAsync();
        }

        ended.Dispose();
    }

    // A new one each time: what Redis kept of a silo that is no more does no harm.
    static string ClusterId(RedisBook? redis) => redis is null ? HomePlace.Service
        : $"{HomePlace.Service}-{Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(8))}";

    static (IHost Host, LostSilo Lost) Build(HomePlace place, SharedCertificate? certificate, RedisBook? redis, Home home)
    {
        var (builder, lost) = (SilentHost.Builder(), new LostSilo());
        builder.Services.AddSingleton(home);
        builder.UseOrleans(silo => silo.Configure(place, null, certificate, redis, lost));
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
                bool isEmptied = IsEmptied();
                if (isEmptied)
                {
                    await NoteAgainAsync();
                    say($"{redis!.Name} was emptied. Home registers again.");
                }

                if (isEmptied || lost.IsLost || host is null)
                    await RestartAsync();
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    // A Redis that is away answers late, and leases do not wait for it.
    bool IsEmptied()
    {
        if (redis is null || host is null)
            return false;
        var asked = asking ??= redis.IsEmptyAsync();
        if (!asked.IsCompleted)
            return false;
        asking = null;
        return asked.Result;
    }

    async Task NoteAsync()
    {
        if (redis is not null && served is { } sweep)
            await redis.NoteAsync(sweep);
    }

    // Before the restart, which takes seconds: a home that is killed meanwhile may start again.
    async Task NoteAgainAsync()
    {
        try
        {
            await NoteAsync();
        }
        catch (InputException)
        {
            // Redis is away again. The restart waits for it, and notes the sweep.
        }
    }

    async Task RestartAsync()
    {
        if (host is not null)
            await host.EndAsync();
        (host, members) = (null, null);
        place = place with { ClusterId = ClusterId(redis) };
        var (next, nextLost) = Build(place, certificate, redis, Home);
        try
        {
            await next.StartAsync(ended.Token);
            await (redis?.RegisterAsync(place) ?? Task.CompletedTask);
            await NoteAsync();
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
