using System.Diagnostics;

namespace GridWorld;

/// <summary>
/// A run as all its pages see it. They share one copy of its tables, taken so seldom that a big world's
/// training doesn't feel it: the time a copy takes is at most a twenty-fifth of the time between two.
/// </summary>
internal sealed class WatchedRun(RunView view)
{
    const int Rarity = 25;

    readonly Lock gate = new();
    (AgentSnapshot Agent, Diagnostics Diagnostics)? last;
    long taken;
    TimeSpan took;

    public RunView View { get; } = view;

    /// <summary>Whether it is a stored run that this server could take up: one that no process trains.</summary>
    public bool CanResume(RunState state) => View is { Run: null, StorePath: not null } && state is not (RunState.Training or RunState.Paused);

    /// <summary>The agent and what it says of the run's health, of one moment.</summary>
    public (AgentSnapshot Agent, Diagnostics Diagnostics) Look()
    {
        lock (gate)
        {
            if (last is { } seen && Stopwatch.GetElapsedTime(taken) < took * Rarity && View.Status().State == RunState.Training)
                return seen;
            var begun = Stopwatch.GetTimestamp();
            var agent = View.Agent();
            took = Stopwatch.GetElapsedTime(begun);
            last = (agent, View.Diagnostics());
            taken = Stopwatch.GetTimestamp();
            return last.Value;
        }
    }
}
