using System.Diagnostics;

namespace GridWorld;

/// <summary>
/// A run with the data that all its pages share. They share one copy of the tables, which is taken rarely enough not to slow the training
/// of a large world: copying takes at most 1/25 of the time between two copies.
/// </summary>
internal sealed class WatchedRun(RunView view)
{
    /// <summary>The pace, in steps per second, up to which the newest rows are rerun for their sampled values.</summary>
    public const double Leisurely = 100_000;

    const int Rarity = 25, RowsInSight = 24, FewStates = 10_000;
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100), Rest = TimeSpan.FromSeconds(2);

    readonly Lock gate = new();
    readonly PolicyWatch changes = new(), earlierChanges = new();
    (AgentSnapshot Agent, Diagnostics Diagnostics)? last;
    (Mdp? Of, ISimulator? Draws) simulator;
    long taken, gaveUp;
    TimeSpan took;

    public RunView View { get; } = view;

    /// <summary>Whether this server can resume the run: it is stored and was interrupted.</summary>
    public bool CanResume(RunState state) => CanContinue(state) && state == RunState.Interrupted;

    /// <summary>Whether this server can resume the run to add episodes: it is stored, and no process trains it.</summary>
    public bool CanContinue(RunState state) =>
        View is not (Run or ReplayedRun) and { StorePath: not null } && state is not (RunState.Training or RunState.Paused);

    /// <summary>Gets a simulator of tables of the world.</summary>
    public ISimulator Simulator(Mdp now)
    {
        lock (gate)
        {
            if (simulator.Of != now)
                simulator = (now,
                    now.NarrowCodes is null
                    ? new StochasticSimulator<int, AnyActions>(now) : new StochasticSimulator<byte, AnyActions>(now));
            return simulator.Draws!;
        }
    }

    /// <summary>Gets the data for maps of a moment; <paramref name="then"/> is the run at that moment.</summary>
    public MapSource Map(RunView then, AgentSnapshot agent)
    {
        var status = then.Status();
        return new(View.World, agent, then.ExactSolution, status.Settings.DiscountFactor,
            new(() => (then == View ? changes : earlierChanges).At(then, status.Episodes)));
    }

    /// <summary>Gets the agent and the diagnostics of one moment.</summary>
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

    /// <summary>Adds mean Q and action counts to the newest rows, if rerunning them is fast.</summary>
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
