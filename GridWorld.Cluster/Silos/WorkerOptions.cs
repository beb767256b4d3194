using System.Net;

namespace GridWorld.Cluster;

/// <summary>How a worker takes part.</summary>
/// <param name="Home">Home's address; null if Redis knows it.</param>
internal sealed record WorkerOptions(IPEndPoint? Home)
{
    /// <summary>Where home registers itself; null if its address is given.</summary>
    public RedisBook? Redis { get; init; }

    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Whether it only dials out.</summary>
    public bool IsClient { get; init; }

    public SharedCertificate? Certificate { get; init; }

    public Compatibility Own { get; init; } = Compatibility.Here;

    /// <summary>Told what a person should know.</summary>
    public Action<string> Say { get; init; } = _ => { };

    /// <summary>Where home is; null if no one knows.</summary>
    public async Task<HomePlace?> FindAsync() => Redis is null ? new(HomePlace.Service, Home!) : await Redis.FindAsync();

    /// <summary>The place in words.</summary>
    public string Place(HomePlace? found) => found is null ? $": {Redis!.Name} knows none, or does not answer" : $" at {found.Address}";
}
