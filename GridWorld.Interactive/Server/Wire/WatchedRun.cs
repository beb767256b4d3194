using System.Diagnostics;

namespace GridWorld;

/// <summary>
/// A run as all its pages see it. They share one copy of its tables, taken so seldom that a big world's
/// training doesn't feel it: the time a copy takes is at most a twenty-fifth of the time between two.
/// </summary>
internal sealed class WatchedRun(RunView view)
{
    /// <summary>Steps per second up to which a run leaves time to look closely at its newest rows.</summary>
    public const double Leisurely = 100_000;

    const int Rarity = 25, RowsInSight = 24, FewStates = 10_000;
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100), Rest = TimeSpan.FromSeconds(2);

    readonly Lock gate = new();
    readonly Lazy<Mdp> mdp = new(() => view.Mdp);
    (AgentSnapshot Agent, Diagnostics Diagnostics)? last;
    (Mdp? Of, ISimulator? Draws) simulator;
    long taken, gaveUp;
    TimeSpan took;

    public RunView View { get; } = view;

    /// <summary>Whether this server could resume it: a stored run that was interrupted.</summary>
    public bool CanResume(RunState state) => CanContinue(state) && state == RunState.Interrupted;

    /// <summary>Whether this server could take it up to train more: a stored run that no process trains.</summary>
    public bool CanContinue(RunState state) => View is not (Run or ReplayedRun) and { StorePath: not null } && state is not (RunState.Training or RunState.Paused);

    /// <summary>The world's tables as they are after so many steps of the run.</summary>
    public Mdp Mdp(long steps) => mdp.Value.At(steps);

    /// <summary>Draws steps of the world as it is after so many steps of the run.</summary>
    public ISimulator Simulator(long steps)
    {
        var now = Mdp(steps);
        lock (gate)
        {
            if (simulator.Of != now)
                simulator = (now, now.NarrowCodes is null ? new StochasticSimulator<int, AnyActions>(now) : new StochasticSimulator<byte, AnyActions>(now));
            return simulator.Draws!;
        }
    }

    /// <summary>What maps of a moment are drawn from; <paramref name="then"/> is the run as it was.</summary>
    public MapSource Map(RunView then, AgentSnapshot agent) => new(View.World, agent, then.Truth, () => Mdp(agent.Steps), then.Status().Settings.DiscountFactor);

    /// <summary>The agent and what it says of the run's health, of one moment.</summary>
    public (AgentSnapshot Agent, Diagnostics Diagnostics) Look()
    {
        lock (gate)
        {
            if (last is { } seen && Stopwatch.GetElapsedTime(taken) < took * Rarity && View.Status().State == RunState.Training)
                return seen;
            var begun = Stopwatch.GetTimestamp();
            last = View.Look();
            took = Stopwatch.GetElapsedTime(begun);
            taken = Stopwatch.GetTimestamp();
            return last.Value;
        }
    }

    /// <summary>The rows, the newest of them with mean Q and action counts: run again, where that is done in an instant.</summary>
    public EpisodeRecord[] Sampled(EpisodeRecord[] rows)
    {
        var first = rows[Math.Max(0, rows.Length - RowsInSight)].Episode;
        var lacking = Array.FindIndex(rows, r => r.Episode >= first && r.ActionCounts is null);
        if (lacking < 0 || View.World.States > FewStates || (gaveUp != 0 && Stopwatch.GetElapsedTime(gaveUp) < Rest))
            return rows;
        try
        {
            using var stop = new CancellationTokenSource(Patience);
            return [.. rows[..lacking], .. RunRecords.Sampled(View, rows[lacking].Episode, rows[^1].Episode, stop.Token)];
        }
        catch (Exception e) when (e is OperationCanceledException or InvalidOperationException)
        {
            gaveUp = Stopwatch.GetTimestamp();
            return rows;
        }
    }
}
