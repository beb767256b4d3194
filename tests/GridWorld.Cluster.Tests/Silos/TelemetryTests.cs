using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace GridWorld.Tests;

/// <summary>A trace leads from a worker's exchange to home's answer.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task Exchange_is_one_trace_on_both_sides()
    {
        var ended = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Telemetry.Name
                || source.Name.StartsWith("Microsoft.Orleans", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended.Add,
        };
        ActivitySource.AddActivityListener(listener);
        await using var home = await HomeSilo.StartAsync(new(IPAddress.Loopback, 0), null, null, Compatibility.Here, _ => { });
        using var canceled = new CancellationTokenSource();
        using var worker = new Worker(new(home.Address) { Threads = 1, IsClient = true });

        var working = worker.RunAsync(canceled.Token);
        Wait.Until(() => ended.Any(a => a.Kind == ActivityKind.Server
            && ended.Any(e => e.OperationName == "exchange" && e.TraceId == a.TraceId)), "Home's answer is in no worker's trace.");
        await canceled.CancelAsync();

        Assert.False(await working);
    }
}
