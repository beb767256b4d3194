using System.Globalization;

namespace GridWorld;

/// <summary>
/// Commands that take effect between two episodes. Each is first committed as an event and then executed at the event's boundary.
/// </summary>
internal sealed class BoundaryCommands(EventLog log, RunLoopDriver driver, RunSaver saver, Func<StoredProgress> standing)
{
    readonly List<RunEvent> pending = [];

    /// <summary>The episode after which the next command takes effect; <see cref="long.MaxValue"/> if there is none.</summary>
    public long Next => pending is [var next, ..] ? next.Episode : long.MaxValue;

    // The boundary at which a command given now takes effect: the end of the current episode.
    long Boundary => driver.Loop.Episodes + (driver.Loop.InEpisode ? 1 : 0);

    /// <summary>Changes hyperparameters, with one event for each.</summary>
    public RunEvent[] Set(IReadOnlyDictionary<string, Schedule> changes)
    {
        TakeEffect();
        var now = driver.RunLoop.Options;
        foreach (var announced in pending.Where(e => e.Kind == RunEventKind.ParamChange && e.Episode <= Boundary))
            now = RunLoop.With(now, announced);
        var events = new List<RunEvent>();
        foreach (var (name, schedule) in changes)
        {
            string before = Hyperparameter.Find(name, now)!.ToJson(now);
            var change = log.Add(Boundary, RunEventKind.ParamChange, name, before, schedule.SetAt(Boundary, driver.Loop.Steps).ToJson());
            Await(change);
            events.Add(change);
        }

        return [.. events];
    }

    /// <summary>Changes the reward of entering a cell.</summary>
    public RunEvent SetReward(CellReward to)
    {
        TakeEffect();
        var now = driver.RunLoop.In.After(pending.Where(e => e.IsChange && e.Episode <= Boundary));
        double before = now.RewardOf(to.X, to.Y, driver.Loop.Steps);
        var change = log.Add(Boundary, RunEventKind.RewardChange, RunWorld.NameOf(to.X, to.Y), Text(before), Text(to.Reward));
        Await(change);
        return change;

        static string Text(double reward) => reward.ToString("R", CultureInfo.InvariantCulture);
    }

    /// <param name="given">The name; null to name the checkpoint by its episode.</param>
    public RunEvent SaveCheckpoint(string? given)
    {
        string name = given ?? string.Create(CultureInfo.InvariantCulture, $"episode-{Boundary}");
        if (saver.Failure is { } failure)
            throw new InputException($"The checkpoint '{name}' cannot be saved: {failure}");
        var named = log.Add(Boundary, RunEventKind.Checkpoint, message: name);
        Await(named);
        return named;
    }

    /// <summary>Queues the commands whose events were committed before a crash.</summary>
    public void Requeue(IEnumerable<RunEvent> committed)
    {
        foreach (var e in committed.Where(e => e.IsChange || e.Kind == RunEventKind.Checkpoint))
            Await(e);
    }

    /// <summary>Executes the commands for this boundary, in order. Does nothing during an episode.</summary>
    public void TakeEffect()
    {
        while (!driver.Loop.InEpisode && Next <= driver.Loop.Episodes)
        {
            var next = pending[0];
            pending.RemoveAt(0);
            if (next.IsChange)
                driver.Apply(next);
            else
                saver.Save(driver.RunLoop, standing(), next.Message);
        }
    }

    // Ordered by boundary, then by time, so that a command never overtakes an earlier one for the same boundary.
    void Await(RunEvent command)
    {
        pending.Insert(pending.FindLastIndex(p => p.Episode <= command.Episode) + 1, command);
        TakeEffect();
    }
}
