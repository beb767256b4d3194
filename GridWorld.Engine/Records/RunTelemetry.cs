using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace GridWorld;

/// <summary>Runs as telemetry hears of them: their trainings, steps, episodes and events.</summary>
internal static class RunTelemetry
{
    static int training;

    /// <summary>Where loggers hear of a run's events, after they are committed; of its first with what the run is.</summary>
    public static event Action<RunEvent, RunSpecification>? EventAdded;

    public static ObservableUpDownCounter<int> Active { get; } =
        Telemetry.Meter.CreateObservableUpDownCounter("gridworld.runs.active", () => RunsInTraining, "{run}", "Runs whose thread trains or is paused.");

    /// <summary>Runs of this process whose thread trains or is paused.</summary>
    public static int RunsInTraining => Volatile.Read(ref training);

    /// <summary>The activity of a training, from the start of its thread to its end; null while nobody listens.</summary>
    public static Activity? BeginTraining(string runId, RunSpecification specification)
    {
        Interlocked.Increment(ref training);
        return Telemetry.Activities.TryStart("train")?.SetTag(Telemetry.RunId, runId).SetTag(Telemetry.World, specification.World.Name).SetTag(Telemetry.Learner, specification.Learner.Name)
            .SetTag("gridworld.seed", specification.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    public static void EndTraining(Activity? activity, RunState state, long episode, long step, string? error)
    {
        Interlocked.Decrement(ref training);
        activity?.SetTag("gridworld.run.state", state.ToString().ToLowerInvariant()).SetTag("gridworld.episodes", episode).SetTag("gridworld.steps", step)
            .SetStatus(error is null ? ActivityStatusCode.Unset : ActivityStatusCode.Error, error);
        activity.TryStop();
    }

    /// <summary>Counts what a slice of training came to.</summary>
    public static void Count(RunSpecification specification, long steps, long episodes)
    {
        if (!Telemetry.Steps.Enabled && !Telemetry.Episodes.Enabled)
            return;
        KeyValuePair<string, object?> world = new(Telemetry.World, specification.World.Name), learner = new(Telemetry.Learner, specification.Learner.Name);
        Telemetry.Steps.TryAdd(steps, world, learner);
        Telemetry.Episodes.TryAdd(episodes, world, learner);
    }

    /// <summary>Tells of an event that was added to a run. Whoever listens must not disturb the training.</summary>
    public static void Tell(RunEvent e, RunSpecification specification)
    {
        Telemetry.Events.TryAdd(1, new KeyValuePair<string, object?>(Telemetry.Event, e.Event));
        if (Activity.Current is { } activity && activity.Source == Telemetry.Activities)
            activity.AddEvent(new(e.Event, e.Timestamp, new() { { Telemetry.Episode, e.Episode } }));
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
}
