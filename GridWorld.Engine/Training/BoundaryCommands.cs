using System.Globalization;

namespace GridWorld;

/// <summary>Commands that take effect between two episodes: committed as events first, done at the boundary that their event names.</summary>
internal sealed class BoundaryCommands(EventLog log, CourseDriver driver, RunSaver saver, Func<StoredProgress> standing)
{
    readonly List<RunEvent> pending = [];

    /// <summary>The episode after which the next command takes effect; beyond all episodes where there is none.</summary>
    public long Next => pending is [var next, ..] ? next.Episode : long.MaxValue;

    // The boundary at which a command given now takes effect: the end of the episode that is under way.
    long Boundary => driver.Loop.Episode + (driver.Loop.InEpisode ? 1 : 0);

    /// <summary>Changes hyperparameters: one event each.</summary>
    public RunEvent[] Set(IReadOnlyDictionary<string, Schedule> changes)
    {
        TakeEffect();
        var now = driver.Course.Options;
        foreach (var announced in pending.Where(e => e.Event == RunEvents.ParamChange && e.Episode <= Boundary))
            now = Course.With(now, announced);
        var events = new List<RunEvent>();
        foreach (var (name, schedule) in changes)
        {
            string before = Hyperparameter.Find(name, now)!.ToJson(now);
            var change = log.Add(Boundary, RunEvents.ParamChange, name, before, schedule.SetAt(Boundary, driver.Loop.Step).ToJson());
            Await(change);
            events.Add(change);
        }

        return [.. events];
    }

    /// <param name="given">Null names it by the episode after which it is taken.</param>
    public RunEvent SaveCheckpoint(string? given)
    {
        string name = given ?? string.Create(CultureInfo.InvariantCulture, $"episode-{Boundary}");
        if (saver.Failure is { } failure)
            throw new InputException($"The checkpoint '{name}' cannot be kept: {failure}");
        var named = log.Add(Boundary, RunEvents.Checkpoint, message: name);
        Await(named);
        return named;
    }

    /// <summary>Puts events that were committed before a crash back in their places.</summary>
    public void Expect(IEnumerable<RunEvent> committed)
    {
        foreach (var e in committed.Where(e => e.Event is RunEvents.ParamChange or RunEvents.Checkpoint))
            Await(e);
    }

    /// <summary>Does what waits for this boundary, in its order; nothing during an episode.</summary>
    public void TakeEffect()
    {
        while (!driver.Loop.InEpisode && Next <= driver.Loop.Episode)
        {
            var next = pending[0];
            pending.RemoveAt(0);
            if (next.Event == RunEvents.ParamChange)
                driver.Apply(next);
            else
                saver.Save(driver.Course, standing(), next.Message);
        }
    }

    // By boundary, then as they were given: a command for a boundary never overtakes an earlier one for it.
    void Await(RunEvent command)
    {
        pending.Insert(pending.FindLastIndex(p => p.Episode <= command.Episode) + 1, command);
        TakeEffect();
    }
}
