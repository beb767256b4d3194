using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;

namespace GridWorld;

/// <summary>
/// What OpenTelemetry, dotnet-counters or any other listener may pick up: meter and activity source of this name. Nothing is measured
/// in a step, and nothing at all while nobody listens.
/// </summary>
public static class Telemetry
{
    /// <summary>The name of the meter and of the activity source: <c>AddMeter(Telemetry.Name)</c>, <c>AddSource(Telemetry.Name)</c>.</summary>
    public const string Name = "GridWorld";

    /// <summary>The attributes of measurements and activities.</summary>
    internal const string World = "gridworld.world", Learner = "gridworld.learner", RunId = "gridworld.run.id", Event = "gridworld.event", Episode = "gridworld.episode";

    /// <summary>The package's version. The assembly's own stays, so that a rebuilt library fits what was compiled against it.</summary>
    internal static string Version { get; } =
        typeof(Telemetry).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    internal static ActivitySource Activities { get; } = new(Name, Version);

    internal static Meter Meter { get; } = new(Name, Version);

    internal static Counter<long> Steps { get; } = Meter.CreateCounter<long>("gridworld.steps", "{step}", "Steps of training.");

    internal static Counter<long> Episodes { get; } = Meter.CreateCounter<long>("gridworld.episodes", "{episode}", "Episodes of training that have ended.");

    internal static Counter<long> Events { get; } = Meter.CreateCounter<long>("gridworld.events", "{event}", "Events of runs, by kind.");

    internal static Histogram<double> CheckpointPause { get; } = Seconds("gridworld.checkpoint.duration", "How long training stood still for a checkpoint.");

    internal static Histogram<double> ReplayTime { get; } = Seconds("gridworld.replay.duration", "How long it took to come back to a past moment.");

    internal static Histogram<double> SolveTime { get; } = Seconds("gridworld.solve.duration", "How long an exact solution took.");

    /// <summary>Measures a piece of work until it is disposed of: an activity and, if there is one for it, a duration.</summary>
    internal static Measured Measure(string activity, Histogram<double>? duration = null) => new(activity, duration);

    static Histogram<double> Seconds(string name, string description) => Meter.CreateHistogram(name, "s", description, tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100] });
}

/// <summary>A piece of work while it goes on.</summary>
internal readonly struct Measured(string name, Histogram<double>? duration) : IDisposable
{
    readonly long begun = duration is { Enabled: true } ? Stopwatch.GetTimestamp() : 0;

    /// <summary>Its activity; null while nobody listens.</summary>
    public Activity? Activity { get; } = Telemetry.Activities.TryStart(name);

    public void Dispose()
    {
        if (begun != 0)
            duration!.TryRecord(Stopwatch.GetElapsedTime(begun).TotalSeconds);
        Activity.TryStop();
    }
}
