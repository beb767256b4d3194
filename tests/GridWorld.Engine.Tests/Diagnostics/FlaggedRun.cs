namespace GridWorld.Tests;

/// <summary>A run that is trained part by part, to see its flags after each.</summary>
internal sealed class FlaggedRun
{
    readonly RunSpecification specification;
    readonly Course course;
    readonly Diagnosis diagnosis;
    readonly EpisodeHistory history = new();

    public FlaggedRun(RunSpecification specification)
    {
        var mdp = specification.World.Compile();
        (this.specification, course, diagnosis) = (specification, new(specification, mdp), new(specification, mdp));
    }

    /// <summary>Trains so many episodes more, fewer where a value is no longer finite.</summary>
    public FlaggedRun Train(long episodes)
    {
        for (long end = course.Loop.Episode + episodes; course.Loop.Episode < end && !course.Loop.IsNonFinite;)
        {
            course.Advance(long.MaxValue, end - course.Loop.Episode, history.Current);
            history.Account();
        }

        return this;
    }

    public IReadOnlyList<DiagnosticFlag> Flags() => diagnosis.Of(course.Snapshot(), new()
    {
        RunId = "a",
        Name = "a",
        State = course.Loop.IsNonFinite ? RunState.Failed : RunState.Training,
        Message = course.Loop.IsNonFinite ? "A value is no longer finite." : null,
        Episodes = course.Loop.Episode,
        Steps = course.Loop.Step,
        Settings = course.Loop.Current,
    }, history).Flags;

    public string Names() => string.Join(' ', Flags().Select(f => f.Flag).Order());

    /// <summary>Runs by name: the learner in the world, so many episodes, at most so many steps each.</summary>
    public static FlaggedRun Of(World world, LearnerOptions learner, long episodes, int? maxSteps = null, ulong seed = 1,
        InitialQ? initial = null) =>
        new FlaggedRun(new(world, learner, seed, episodes, maxSteps) { InitialQ = initial }).Train(episodes);
}
