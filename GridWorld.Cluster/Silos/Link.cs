using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Runtime;

namespace GridWorld.Cluster;

/// <summary>A worker's connection to home: a silo, or a client, which needs no way back from home to the worker.</summary>
internal sealed class Link : IAsyncDisposable
{
    // At a load of 20, a silo needs 15 s to start.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);
    readonly IHost host;
    readonly LostSilo lost;

    Link(IHost host, LostSilo lost, HomePlace place, bool isClient) => (this.host, this.lost, Place, Silo) =
        (host, lost, place, isClient ? "" : host.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress.ToParsableString());

    /// <summary>The incarnation of the silo; empty for a client.</summary>
    public string Silo { get; }

    /// <summary>Whether the silo has ended, since the others declared it dead or home has started again.</summary>
    public bool IsLost => lost.IsLost;

    /// <summary>Home. It may throw before the silo knows the others.</summary>
    public ISweepGrain Home => host.Services.GetRequiredService<IGrainFactory>().GetGrain<ISweepGrain>(ISweepGrain.Key);

    /// <summary>Where home was when it was joined.</summary>
    public HomePlace Place { get; }

    /// <summary>Joins home, or throws after some seconds.</summary>
    public static async Task<Link> OpenAsync(HomePlace home, WorkerOptions options, CancellationToken cancellation)
    {
        var (builder, lost) = (SilentHost.Builder(), new LostSilo());
        if (options.IsClient)
        {
            builder.UseOrleansClient(client => client.Configure(home, options.Certificate));
        }
        else
        {
            var own = ClusterAddress.Towards(home.Address);
            builder.UseOrleans(silo => silo.Configure(home, new(own, ClusterAddress.FreePort(own)), options.Certificate, options.Redis,
                lost));
        }

        var host = builder.Build();
        try
        {
            await host.StartAsync(cancellation).WaitAsync(Patience, cancellation);
            return new(host, lost, home, options.IsClient);
        }
        catch
        {
            await host.EndAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => new(host.EndAsync());
}
