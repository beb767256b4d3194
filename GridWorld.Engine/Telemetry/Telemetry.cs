using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;

namespace GridWorld;

/// <summary>
/// The meter and the activity source for OpenTelemetry, dotnet-counters and other listeners. Steps are never measured one by one, and
/// nothing is measured while no one listens.
/// </summary>
public static class Telemetry
{
    /// <summary>
    /// The name of the meter and of the activity source: <c>AddMeter(Telemetry.Name)</c>, <c>AddSource(Telemetry.Name)</c>.
    /// </summary>
    public const string Name = "GridWorld";

    /// <summary>The attributes of measurements and activities.</summary>
    internal const string World = "gridworld.world", Learner = "gridworld.learner", RunId = "gridworld.run.id", Event = "gridworld.event",
        Episode = "gridworld.episode", Worker = "gridworld.worker";

    /// <summary>
    /// The package version. The assembly version never changes, so that a rebuilt library fits the code compiled against it.
    /// </summary>
    internal static string Version { get; } =
        typeof(Telemetry).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    internal static ActivitySource Activities { get; } = new(Name, Version);

    internal static Meter Meter { get; } = new(Name, Version);

    internal static Counter<long> Steps { get; } = Meter.CreateCounter<long>("gridworld.steps", "{step}", "Training steps.");

    internal static Counter<long> Episodes { get; } =
        Meter.CreateCounter<long>("gridworld.episodes", "{episode}", "Training episodes that have ended.");

    internal static Counter<long> Events { get; } = Meter.CreateCounter<long>("gridworld.events", "{event}", "Events of runs, by kind.");

    internal static Counter<long> SweepRuns { get; } =
        Meter.CreateCounter<long>("gridworld.sweep.runs", "{run}", "Runs that workers have trained for a sweep, by worker.");

    internal static Counter<long> SweepRequeued { get; } =
        Meter.CreateCounter<long>("gridworld.sweep.requeued", "{run}", "Runs that were taken from a silent or dead worker, by worker.");

    internal static Histogram<double> ExchangeTime { get; } =
        Seconds("gridworld.sweep.exchange.duration", "Time in which home answers a worker.");

    internal static Histogram<double> CheckpointPause { get; } =
        Seconds("gridworld.checkpoint.duration", "Time that training paused for a checkpoint.");

    internal static Histogram<double> ReplayTime { get; } =
        Seconds("gridworld.replay.duration", "Time to replay a run up to a past episode.");

    internal static Histogram<double> SolveTime { get; } = Seconds("gridworld.solve.duration", "Time to solve a world exactly.");

    /// <summary>Measures an operation until the returned value is disposed: an activity and, if a histogram is given, a duration.</summary>
    internal static Measured Measure(string activity, Histogram<double>? duration = null) => new(activity, duration);

    static Histogram<double> Seconds(string name, string description) => Meter.CreateHistogram(name, "s", description, tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30,
        100] });
}
