namespace GridWorld;

/// <summary>Puts runs together, new ones and stored ones.</summary>
internal static class RunFactory
{
    public static Run Start(RunSpecification specification, RunOptions options)
    {
        new Faults().Collect(specification.Check).Collect(options.Check).ThrowIfAny();
        var mdp = specification.World.Compile();
        string id = RunIds.New(specification.World.Name), name = options.Name ?? id;
        var log = new EventLog(id, options.Time);
        var store = options.OnDisk ? RunStore.Create(options.StoreFolder, id, name, specification, options.Time.GetUtcNow()) : null;
        log.Store = store;
        log.Add(0, RunEvents.Started);
        var trainer = new Trainer(id, specification, options, store, new(specification, mdp), new(), log);
        trainer.Start();
        return new(trainer, name, mdp);
    }
}
