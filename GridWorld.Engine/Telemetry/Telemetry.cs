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

    static int training;

    /// <summary>Where loggers hear of a run's events, after they are committed; of its first with what the run is.</summary>
    internal static event Action<RunEvent, RunSpecification>? EventAdded;

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

    internal static ObservableUpDownCounter<int> Active { get; } =
        Meter.CreateObservableUpDownCounter("gridworld.runs.active", () => RunsInTraining, "{run}", "Runs whose thread trains or is paused.");

    /// <summary>Runs of this process whose thread trains or is paused.</summary>
    internal static int RunsInTraining => Volatile.Read(ref training);

    /// <summary>The activity of a training, from the start of its thread to its end; null while nobody listens.</summary>
    internal static Activity? BeginTraining(string runId, RunSpecification specification)
    {
        Interlocked.Increment(ref training);
        return Activities.TryStart("train")?.SetTag(RunId, runId).SetTag(World, specification.World.Name).SetTag(Learner, specification.Learner.Name)
            .SetTag("gridworld.seed", specification.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    internal static void EndTraining(Activity? activity, RunState state, long episode, long step, string? error)
    {
        Interlocked.Decrement(ref training);
        activity?.SetTag("gridworld.run.state", state.ToString().ToLowerInvariant()).SetTag("gridworld.episodes", episode).SetTag("gridworld.steps", step)
            .SetStatus(error is null ? ActivityStatusCode.Unset : ActivityStatusCode.Error, error);
        activity.TryStop();
    }

    /// <summary>Counts what a slice of training came to.</summary>
    internal static void Count(RunSpecification specification, long steps, long episodes)
    {
        if (!Steps.Enabled && !Episodes.Enabled)
            return;
        KeyValuePair<string, object?> world = new(World, specification.World.Name), learner = new(Learner, specification.Learner.Name);
        Steps.TryAdd(steps, world, learner);
        Episodes.TryAdd(episodes, world, learner);
    }

    /// <summary>Tells of an event that was added to a run. Whoever listens must not disturb the training.</summary>
    internal static void Tell(RunEvent e, RunSpecification specification)
    {
        Events.TryAdd(1, new KeyValuePair<string, object?>(Event, e.Event));
        if (Activity.Current is { } activity && activity.Source == Activities)
            activity.AddEvent(new(e.Event, e.Timestamp, new() { { Episode, e.Episode } }));
        foreach (var heard in Delegate.EnumerateInvocationList(EventAdded))
        {
            try
            {
                heard(e, specification);
            }
            catch (Exception)
            {
                // A logger that fails costs its log, not the run, nor the log of another.
            }
        }
    }

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
