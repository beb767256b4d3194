namespace GridWorld;

/// <summary>Puts ensembles together, new ones and stored ones.</summary>
internal static class EnsembleFactory
{
    public static Ensemble Start(RunSpecification specification, int seeds, EnsembleOptions options)
    {
        string id = RunIds.New(specification.World.Name);
        var header = new EnsembleHeader(id, options.Name ?? id, options.Time.GetUtcNow(), specification, seeds);
        new Faults().Collect(header.Check).Collect(options.Check)
            .Collect(() => LearnerCatalog.RequireStorable(specification.Learner, options.OnDisk)).ThrowIfAny();
        var training = Seeds(header);
        var file = !options.OnDisk ? null : SweepFile.Create(options.Store ?? RunOptions.DefaultStore, header.Stored,
            new(options.StartPaused ? RunState.Paused : RunState.Training, 0, specification.Episodes, 0, 1, 0, 0, 0, 0, null),
            c => TrialTable.Write(c, header.Trial), options.Time);
        return Begin(header, options, training, [], file);
    }

    public static Ensemble Resume(string ensemble, string? store, long? moreEpisodes, EnsembleOptions options)
    {
        options.Check();
        if (moreEpisodes is { } more)
            CheckMore(more);
        var file = SweepFile.Take(SweepFolder.Find(ensemble, store ?? options.Store).Path, options.Time);
        try
        {
            // The file is read first: training writes to it as soon as it begins.
            var (header, seeds, changes) = file.Read(connection =>
            {
                var (header, standing) = (EnsembleHeader.Of(SweepHeader.Read(connection)), SweepStanding.Read(connection));
                UnknownLearner.Refuse(header.Specification.Learner);
                var changes = ChangeTable.Read(connection, header.Id);
                var seeds = Seeds(header);
                foreach (var seed in seeds)
                {
                    // A seed without a state is trained again: to the same bits, up to where it was.
                    if (SeedTable.ReadState(connection, 1, seed.Seed) is { } state)
                        seed.Load(state, changes);
                }

                long? target = (standing.Target, moreEpisodes) switch
                {
                    (var known, null) => known,
                    ({ } known, { } added) => known + added,
                    (null, { } added) => standing.Episode + added,
                };
                return (header with { Specification = header.Specification with { Episodes = target } }, seeds, changes);
            });
            return Begin(header, options, seeds, changes, file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <exception cref="InputException">The number is out of range.</exception>
    public static void CheckMore(long episodes) => new Faults().Require(episodes is >= 1 and <= RunFactory.MostEpisodes,
        $"Episodes must be between 1 and {RunFactory.MostEpisodes} (got {episodes}).").ThrowIfAny();

    static SeedTraining[] Seeds(EnsembleHeader header)
    {
        var mdp = header.Specification.World.Compile();
        return [.. header.All.Select(seed => new SeedTraining(header.SpecificationOf(seed), mdp))];
    }

    static Ensemble Begin(EnsembleHeader header, EnsembleOptions options, SeedTraining[] seeds, List<RunEvent> changes, SweepFile? file)
    {
        var training = new EnsembleTraining(header, options, seeds, changes, file);
        training.Start();
        return new(header, training, file?.Path);
    }
}
