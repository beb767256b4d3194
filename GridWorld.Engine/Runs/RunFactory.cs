using System.Globalization;

namespace GridWorld;

/// <summary>Creates new runs, forks and resumed runs.</summary>
internal static class RunFactory
{
    public const long MostEpisodes = 1_000_000_000_000;

    /// <param name="specification">The definition of the run.</param>
    /// <param name="options">How it is carried out.</param>
    /// <param name="changes">Changes that take effect after their episodes; null for none.</param>
    /// <param name="id">The id of a run that is kept in memory; null for a new one.</param>
    public static Run Start(RunSpecification specification, RunOptions options, IReadOnlyList<RunEvent>? changes = null, string? id = null)
    {
        new Faults().Collect(specification.Check).Collect(options.Check)
            .Collect(() => LearnerCatalog.RequireStorable(specification.Learner, options.OnDisk)).ThrowIfAny();
        var mdp = specification.World.Compile();
        var now = options.Time.GetUtcNow();
        id ??= RunIds.New(specification.World.Name);
        string name = options.Name ?? id;
        List<RunEvent> events = [new RunEvent(1, id, 0, RunEventKind.RunStarted, now),
            .. (changes ?? []).Select((e, k) => e with { Seq = k + 2, RunId = id })];
        var runLoop = new RunLoop(specification, mdp);
        RunStore? store = null;
        if (options.OnDisk)
        {
            var header = new RunHeader(id, name, now, specification, KeptOptions.Of(options));
            var standing = Standing(runLoop, specification, options, null, events.Count);
            store = RunStore.Create(options.StoreFolder, header, standing, events, options.Time);
        }

        var log = new EventLog(id, specification, options.Time, store);
        log.Restore(events, known: 0);
        var trainer = new Trainer(options, runLoop, new(), log);
        trainer.Requeue(events);
        return Begin(trainer, name, mdp);
    }

    /// <param name="parent">The run to fork.</param>
    /// <param name="at">The episode after which to fork; null for the last.</param>
    /// <param name="changes">Changed hyperparameters, by name.</param>
    /// <param name="moreEpisodes">Number of episodes to train; null for the parent's target.</param>
    /// <param name="options">How the fork is executed and stored; null for the parent's options at full speed.</param>
    /// <param name="cancellationToken">Cancels the replay up to the episode.</param>
    public static Run Fork(RunView parent, long? at, IReadOnlyDictionary<string, Schedule> changes, long? moreEpisodes, RunOptions? options,
        CancellationToken cancellationToken)
    {
        var rewind = parent.Rewind();
        options = KeptOptions.Of(parent.OptionsOfFork).Apply((options ?? new()).StoredAs(parent.OptionsOfFork));
        long episode = at ?? rewind.Episodes;
        long? target = moreEpisodes is null ? parent.Status().TargetEpisodes : episode + moreEpisodes;
        new Faults().Collect(() => rewind.Check(episode)).Collect(options.Check)
            .Collect(() => Hyperparameter.Check(changes, parent.Specification.Learner))
            .Require(moreEpisodes is null or (>= 1 and <= MostEpisodes),
                $"The number of episodes must be between 1 and {MostEpisodes} (got {moreEpisodes}).")
            .Require(moreEpisodes is not null || target is null || target > episode || episode > rewind.Episodes,
                $"The run's target is {target} episodes, but the fork starts after episode {episode}. "
                + "Set the number of episodes to train (episodes).")
            .Collect(() => LearnerCatalog.RequireStorable(parent.Specification.Learner, options.OnDisk))
            .ThrowIfAny();

        var runLoop = rewind.LoopAt(episode, cancellationToken);
        if (runLoop.Loop.IsNonFinite)
            throw new InputException($"A value is NaN or infinite after episode {episode}. Fork from an earlier episode.");
        var now = options.Time.GetUtcNow();
        string id = RunIds.New(parent.World.Name), name = options.Name ?? id;
        var (specification, origin) = (parent.Specification with { Episodes = target }, new RunParent(parent.Id, episode));
        var events = new List<RunEvent>();
        // A named checkpoint that is not in the parent's file is not copied, so the fork must not have its event.
        var saved = parent.CheckpointList;
        foreach (var e in rewind.Events.Where(e =>
            e.Episode <= episode
            && (e.IsChange || e.Kind is RunEventKind.RunStarted or RunEventKind.Forked or RunEventKind.Checkpoint)))
        {
            if (e.Kind != RunEventKind.Checkpoint || !options.OnDisk || saved.Any(c => (c.Name, c.Episode) == (e.Message, e.Episode)))
                events.Add(e with { Seq = events.Count + 1, RunId = id });
        }

        events.Add(new(events.Count + 1, id, episode, RunEventKind.Forked, now, Message: $"from {parent.Id} after episode {episode}"));
        var checkpoint = runLoop.Checkpoint(events.Count);
        foreach (var (hyperparameter, schedule) in changes)
        {
            var change = new RunEvent(events.Count + 1, id, episode, RunEventKind.ParamChange, now, hyperparameter,
                Hyperparameter.Find(hyperparameter, runLoop.Options)!.ToJson(runLoop.Options),
                schedule.SetAt(episode, runLoop.Loop.Steps).ToJson());
            runLoop.Apply(change);
            events.Add(change);
        }

        var history = rewind.HistoryAt(episode, parent.History(), options, cancellationToken);
        var clock = parent.Clock().Until(episode);
        RunStore? store = null;
        if (options.OnDisk)
        {
            var header = new RunHeader(id, name, now, specification, KeptOptions.Of(options), origin);
            var standing = Standing(runLoop, specification, options, history.MeanReturn(specification.RecentEpisodes), events.Count) with
            {
                Clock = clock,
            };
            store = RunStore.Create(options.StoreFolder, header, standing, events, options.Time,
                c => StoredFork.Write(c, checkpoint, history, parent.StorePath, saved, now));
        }

        var log = new EventLog(id, specification, options.Time, store);
        log.Restore(events, known: events.FindLastIndex(e => e.Kind == RunEventKind.Forked));
        return Begin(new(options, runLoop, history, log, clock), name, rewind.Mdp, origin);
    }

    // The progress of a new run before its first step.
    static StoredProgress Standing(RunLoop runLoop, RunSpecification specification, RunOptions options, double? meanReturn, long lastEvent)
    {
        var loop = runLoop.Loop;
        return new(options.StartPaused ? RunState.Paused : RunState.Training, loop.Episodes, loop.Steps, specification.Episodes, 0,
            meanReturn, loop.Current, options.Pace, null, lastEvent);
    }

    public static Run Resume(string run, string? folder, long? moreEpisodes, string? checkpoint, RunOptions? options)
    {
        var faults = new Faults().Require(moreEpisodes is null or (>= 1 and <= MostEpisodes),
            $"The number of episodes to add must be between 1 and {MostEpisodes} (got {moreEpisodes}).");
        if (options is not null)
            faults.Collect(options.Check).Require(options.OnDisk, "A resumed run is stored in its file: OnDisk must be true.");
        faults.ThrowIfAny();
        folder ??= options?.StoreFolder ?? RunOptions.DefaultStore;
        var time = options?.Time ?? TimeProvider.System;
        var store = RunStore.Take(RunFiles.PathOf(folder, StoreFolder.Find(run, folder).Id), time);
        try
        {
            var stored = store.Load(checkpoint);
            return Resume(store, stored, checkpoint is null ? null : GoingBack.To(stored), moreEpisodes, options, time);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    static Run Resume(RunStore store, StoredRun stored, GoingBack? back, long? moreEpisodes, RunOptions? options, TimeProvider time)
    {
        stored = back?.Run ?? stored;
        var (header, specification) = (stored.Header, stored.Header.Specification);
        UnknownLearner.Refuse(specification.Learner);
        var mdp = specification.World.Compile();
        var runLoop = new RunLoop(specification, mdp);
        if (stored.Checkpoint is { } checkpoint)
            runLoop.Load(checkpoint, stored.Events);
        else
            runLoop.Begin(stored.Events);
        long at = runLoop.Loop.Episodes;
        var clock = (store.ReadClock() ?? TrainingClock.Of(stored.Events, stored.Checkpoints.Select(c => c.Info))).Until(at);
        store.GoBackTo(stored.Progress with
        {
            State = RunState.Training, Episode = at, Step = runLoop.Loop.Steps,
            MeanReturn = stored.History.MeanReturn(specification.RecentEpisodes),
            Settings = runLoop.Loop.Current, Message = null,
        }, back?.Rewritten ?? []);

        var log = new EventLog(header.Id, specification, time, store);
        log.Restore(stored.Events, known: stored.Events.Count);
        if (stored.Progress.State is RunState.Training or RunState.Paused or RunState.Interrupted)
            log.Add(at, RunEventKind.RunInterrupted);
        if (stored.Damage.Count > 0)
        {
            string used = at == 0 ? "The run starts over." : $"The one after episode {at} is used.";
            log.Add(at, RunEventKind.StoreError, message: $"{string.Join(" ", stored.Damage)} {used} "
                + "The missing episodes are replayed with the same result.");
        }

        log.Add(at, RunEventKind.RunResumed, message: back?.Words);

        var again = options is null ? header.Options.Apply(null) with { Pace = stored.Progress.Pace } : header.Options.Apply(options);
        var there = again with { Store = Path.GetDirectoryName(store.Path) };
        var trainer = new Trainer(there, runLoop, stored.History, log, clock);
        long? target = stored.Events.LastOrDefault(e => e.Kind == RunEventKind.Continued)?.NewValue is { } raised
            ? long.Parse(raised, CultureInfo.InvariantCulture)
            : specification.Episodes;
        if (moreEpisodes is { } more)
        {
            string? before = target?.ToString(CultureInfo.InvariantCulture);
            target = (target ?? at) + more;
            log.Add(at, RunEventKind.Continued, "episodes", before, target?.ToString(CultureInfo.InvariantCulture));
        }

        trainer.SetTarget(target);
        trainer.Requeue(stored.Events.Where(e => e.Episode > at || (e.Episode == at && IsUnsaved(e))));
        return Begin(trainer, header.Name, mdp, header.Parent);

        bool IsUnsaved(RunEvent e) =>
            e.Kind == RunEventKind.Checkpoint && !stored.Checkpoints.Any(c => c.Name == e.Message && c.Episode == e.Episode);
    }

    static Run Begin(Trainer trainer, string name, Mdp mdp, RunParent? parent = null)
    {
        AtExit.Watch(trainer);
        trainer.Start();
        return new(trainer, name, mdp, parent);
    }
}
