using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace GridWorld;

/// <summary>An operation in progress.</summary>
internal readonly struct Measured(string name, Histogram<double>? duration) : IDisposable
{
    readonly long begun = duration is { Enabled: true } ? Stopwatch.GetTimestamp() : 0;

    /// <summary>The activity; null if no one listens.</summary>
    public Activity? Activity { get; } = Telemetry.Activities.TryStart(name);

    public void Dispose()
    {
        if (begun != 0)
            duration!.TryRecord(Stopwatch.GetElapsedTime(begun).TotalSeconds);
        Activity.TryStop();
    }
}
