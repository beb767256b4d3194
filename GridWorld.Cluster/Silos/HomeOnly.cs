using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Runtime.Placement;

namespace GridWorld.Cluster;

/// <summary>Keeps a grain at home.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class HomeOnlyAttribute() : PlacementFilterAttribute(new HomeOnlyStrategy());

internal sealed class HomeOnlyStrategy() : PlacementFilterStrategy(order: 0)
{
}

/// <summary>Every silo must have it, whichever asks first.</summary>
internal sealed class HomeOnlyDirector(ISiloMetadataCache metadata) : IPlacementFilterDirector
{
    public const string Role = "gridworld.role", Home = "home";

    public IEnumerable<SiloAddress> Filter(PlacementFilterStrategy filterStrategy, PlacementTarget target,
        IEnumerable<SiloAddress> silos) => silos.Where(silo =>
            metadata.GetSiloMetadata(silo) is { } known && known.Metadata.GetValueOrDefault(Role) == Home);
}
