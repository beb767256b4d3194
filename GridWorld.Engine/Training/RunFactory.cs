using System.Globalization;

namespace GridWorld;

/// <summary>Puts runs together, new ones and stored ones.</summary>
internal static class RunFactory
{
    public static Run Start(RunSpecification specification, RunOptions options)
    {
        new Faults().Collect(specification.Check).Collect(options.Check)
            .Require(!options.OnDisk || LearnerCatalog.Has(specification.Learner),
                $"The learner {Printable.Text(specification.Learner.Name)} is not the catalog's, so that a stored run could not be taken up again. Keep the run in memory: options: RunOptions.InMemory.")
            .ThrowIfAny();
        var mdp = specification.World.Compile();
        var now = options.Time.GetUtcNow();
        string id = RunIds.New(specification.World.Name), name = options.Name ?? id;
        var started = new RunEvent(1, id, 0, RunEvents.Started, now);
        var course = new Course(specification, mdp);
        RunStore? store = null;
        if (options.OnDisk)
        {
            var standing = new StoredProgress(options.StartPaused ? RunState.Paused : RunState.Training, 0, 0, specification.Episodes, 0, null,
                course.Loop.Current.Epsilon, course.Loop.Current.LearningRate, course.Loop.Current.DiscountFactor, options.Pace, null, started.Seq);
            store = RunStore.Create(options.StoreFolder, new(id, name, now, specification, KeptOptions.Of(options)), standing, started, options.Time);
        }

        var log = new EventLog(id, options.Time) { Store = store };
        log.Restore([started]);
        var trainer = new Trainer(id, specification, options, store, course, new(), log);
        return Begin(trainer, name, mdp);
    }

    public static Run Resume(string run, string? folder, long? moreEpisodes, string? checkpoint, RunOptions? options)
    {
        var faults = new Faults().Require(moreEpisodes is null or >= 1, $"Episodes to add must be at least 1 (got {moreEpisodes}).");
        if (options is not null)
            faults.Collect(options.Check).Require(options.OnDisk, "A run is resumed in its file: leave OnDisk true.");
        faults.ThrowIfAny();
        folder ??= options?.StoreFolder ?? RunOptions.DefaultStore;
        var time = options?.Time ?? TimeProvider.System;
        var store = RunStore.Take(StoreFile.PathOf(folder, StoreFolder.Find(run, folder).Id), time);
        try
        {
            return Resume(store, store.Load(checkpoint), moreEpisodes, options, time);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    static Run Resume(RunStore store, StoredRun stored, long? moreEpisodes, RunOptions? options, TimeProvider time)
    {
        var (header, specification) = (stored.Header, stored.Header.Specification);
        var mdp = specification.World.Compile();
        var course = new Course(specification, mdp);
        if (stored.Checkpoint is { } checkpoint)
            course.Load(checkpoint, stored.Events);
        else
            course.Begin(stored.Events);
        long at = course.Loop.Episode;
        StoreFault.Explain(store.Path, () =>
        {
            store.Truncate(at);
            return true;
        });

        var log = new EventLog(header.Id, time) { Store = store };
        log.Restore(stored.Events);
        if (stored.Progress.State is RunState.Training or RunState.Paused or RunState.Interrupted)
            log.Add(at, RunEvents.Interrupted);
        if (stored.Damage.Count > 0)
            log.Add(at, RunEvents.StoreError, message: $"{string.Join(" ", stored.Damage)} {(at == 0 ? "The run starts over." : $"The one after episode {at} is used.")} What is missing is run again, the same to the bit.");
        log.Add(at, RunEvents.TakenUp);

        var trainer = new Trainer(header.Id, specification, header.Options.Apply(options), store, course, stored.History, log);
        long? target = stored.Events.LastOrDefault(e => e.Event == RunEvents.Continued)?.NewValue is { } raised
            ? long.Parse(raised, CultureInfo.InvariantCulture)
            : specification.Episodes;
        if (moreEpisodes is { } more)
        {
            string? before = target?.ToString(CultureInfo.InvariantCulture);
            target = (target ?? at) + more;
            log.Add(at, RunEvents.Continued, "episodes", before, target?.ToString(CultureInfo.InvariantCulture));
        }

        trainer.Aim(target);
        trainer.Expect(stored.Events.Where(e => e.Episode > at || (e.Episode == at && IsUnsaved(e))));
        return Begin(trainer, header.Name, mdp);

        bool IsUnsaved(RunEvent e) => e.Event == RunEvents.Checkpoint && !stored.Checkpoints.Any(c => c.Name == e.Message && c.Episode == e.Episode);
    }

    static Run Begin(Trainer trainer, string name, Mdp mdp)
    {
        if (trainer.Log.Store is not null)
            AtExit.Watch(trainer);
        trainer.Start();
        return new(trainer, name, mdp);
    }
}
