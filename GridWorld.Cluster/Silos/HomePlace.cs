using System.Net;

namespace GridWorld.Cluster;

/// <summary>Where home is.</summary>
/// <param name="ClusterId">Silos of another cluster do not talk to it.</param>
/// <param name="Address">The address of its silo.</param>
internal sealed record HomePlace(string ClusterId, IPEndPoint Address)
{
    public const string Service = "gridworld";

    /// <summary>Where clients dial in: at the next port.</summary>
    public IPEndPoint Gateway => new(Address.Address, Address.Port + 1);
}
