using Microsoft.AspNetCore.SignalR;

namespace GridWorld;

/// <summary>What the hub's connections share.</summary>
internal sealed record HubServices(string Instance, ServerLimits Limits, TimeProvider Time);

/// <summary>The live connection of one page.</summary>
internal sealed class TrainingHub(HubServices services) : Hub
{
    /// <summary>The newest frame was drawn.</summary>
    public void Ack(long seq) => _ = (seq, services);
}
