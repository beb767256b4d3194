using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace GridWorld;

/// <summary>Reports training, steps, episodes and events of runs to telemetry.</summary>
internal static class RunTelemetry
{
    static int training;

    /// <summary>Raised for every event of a run after it is committed, with the specification of the run.</summary>
    public static event Action<RunEvent, RunSpecification>? EventAdded;

    public static ObservableUpDownCounter<int> Active { get; } =
        Telemetry.Meter.CreateObservableUpDownCounter(
            "gridworld.runs.active", () => RunsInTraining, "{run}", "Runs that are training or paused.");

    /// <summary>Number of runs of this process that are training or paused.</summary>
    public static int RunsInTraining => Volatile.Read(ref training);

    /// <summary>Starts the activity of a training thread; null if no one listens.</summary>
    public static Activity? BeginTraining(string runId, RunSpecification specification)
    {
        Interlocked.Increment(ref training);
        return Telemetry.Activities.TryStart("train")?.SetTag(Telemetry.RunId, runId).SetTag(Telemetry.World, specification.World.Name)
            .SetTag(Telemetry.Learner, specification.Learner.Name)
            .SetTag("gridworld.seed", specification.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    public static void EndTraining(Activity? activity, RunState state, long episode, long step, string? error)
    {
        Interlocked.Decrement(ref training);
        activity?.SetTag("gridworld.run.state", state.ToString().ToLowerInvariant()).SetTag("gridworld.episodes", episode)
            .SetTag("gridworld.steps", step)
            .SetStatus(error is null ? ActivityStatusCode.Unset : ActivityStatusCode.Error, error);
        activity.TryStop();
    }

    /// <summary>Counts the steps and episodes of a slice of training.</summary>
    public static void Count(RunSpecification specification, long steps, long episodes)
    {
        if (!Telemetry.Steps.Enabled && !Telemetry.Episodes.Enabled)
            return;
        KeyValuePair<string, object?> world = new(Telemetry.World, specification.World.Name),
            learner = new(Telemetry.Learner, specification.Learner.Name);
        Telemetry.Steps.TryAdd(steps, world, learner);
        Telemetry.Episodes.TryAdd(episodes, world, learner);
    }

    /// <summary>Reports an event that was added to a run. A listener cannot disturb the training.</summary>
    public static void Tell(RunEvent e, RunSpecification specification)
    {
        Telemetry.Events.TryAdd(1, new KeyValuePair<string, object?>(Telemetry.Event, e.Word));
        if (Activity.Current is { } activity && activity.Source == Telemetry.Activities)
            activity.AddEvent(new(e.Word, e.Timestamp, new() { { Telemetry.Episode, e.Episode } }));
        foreach (var heard in Delegate.EnumerateInvocationList(EventAdded))
        {
            try
            {
                heard(e, specification);
            }
            catch (Exception)
            {
                // A logger that throws loses its own log but affects neither the run nor other logs.
            }
        }
    }
}
