using Microsoft.Extensions.Hosting;

namespace GridWorld;

/// <summary>The host's own lifetime would swallow SIGTERM and write to the console; the process is not ours to steer.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
