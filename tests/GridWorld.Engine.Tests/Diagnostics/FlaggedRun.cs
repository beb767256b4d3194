namespace GridWorld.Tests;

/// <summary>A run that is trained part by part, to see its flags after each.</summary>
internal sealed class FlaggedRun
{
    readonly RunSpecification specification;
    readonly RunLoop runLoop;
    readonly Diagnosis diagnosis;
    readonly EpisodeHistory history = new();

    public FlaggedRun(RunSpecification specification)
    {
        (this.specification, runLoop, diagnosis) = (specification, new(specification, specification.World.Compile()), new(specification));
    }

    /// <summary>Trains so many episodes more, fewer where a value is no longer finite.</summary>
    public FlaggedRun Train(long episodes)
    {
        for (long end = runLoop.Loop.Episodes + episodes; runLoop.Loop.Episodes < end && !runLoop.Loop.IsNonFinite;)
        {
            runLoop.Advance(long.MaxValue, end - runLoop.Loop.Episodes, history.Current);
            history.Account();
        }

        return this;
    }

    public IReadOnlyList<DiagnosticFlag> Flags() => diagnosis.Of(runLoop.Snapshot(), new()
    {
        Id = "a",
        Name = "a",
        State = runLoop.Loop.IsNonFinite ? RunState.Failed : RunState.Training,
        Message = runLoop.Loop.IsNonFinite ? "A value is no longer finite." : null,
        Episodes = runLoop.Loop.Episodes,
        Steps = runLoop.Loop.Steps,
        Settings = runLoop.Loop.Current,
    }, history).Flags;

    public string Names() => string.Join(' ', Flags().Select(f => f.Word).Order());

    /// <summary>Runs by name: the learner in the world, so many episodes, at most so many steps each.</summary>
    public static FlaggedRun Of(World world, LearnerOptions learner, long episodes, int? maxSteps = null, ulong seed = 1,
        InitialQ? initial = null) =>
        new FlaggedRun(new(world, learner, seed, episodes, maxSteps) { InitialQ = initial }).Train(episodes);
}
