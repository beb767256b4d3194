using Microsoft.Extensions.Hosting;

namespace GridWorld;

/// <summary>
/// A lifetime that does nothing. The default lifetime handles SIGTERM and writes to the console, but this process is not ours.
/// </summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
