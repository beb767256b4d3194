namespace GridWorld.Tests;

/// <summary>A test's folder as a store of runs.</summary>
internal static class Stored
{
    extension(TemporaryFolder folder)
    {
        public RunOptions Options => new() { Store = folder.Path, CheckpointEvery = 20 };

        public string FileOf(Run run) => RunFiles.PathOf(folder.Path, run.Id);

        /// <summary>A run of 3,000 episodes with a change of ε before the first, a resume after 700 and a change of α there.</summary>
        public async Task<Run> ChangedRunAsync(RunSpecification specification, string? name = null)
        {
            var run = Run.Start(specification with { Episodes = 700 }, folder.Options with { StartPaused = true, Name = name });
            run.Set(epsilon: 0.4);
            run.SaveCheckpoint("start");
            run.Resume();
            await run;
            run = Run.Resume(run.Id, folder.Path, moreEpisodes: 2300, options: folder.Options with { StartPaused = true });
            run.Set(learningRate: 0.3);
            run.Resume();
            await run;
            return run;
        }
    }
}
