namespace GridWorld;

/// <summary>
/// Any past moment of a run, run again from the nearest checkpoint before it: the same bits, since a run is its specification
/// and its events.
/// </summary>
/// <param name="specification">What the run is.</param>
/// <param name="mdp">Its world's tables.</param>
/// <param name="events">Its events.</param>
/// <param name="episodes">Episodes that have ended.</param>
/// <param name="nearest">The newest checkpoint that is not after an episode; null for the very start.</param>
internal sealed class Rewind(RunSpecification specification, Mdp mdp, IReadOnlyList<RunEvent> events, long episodes, Func<long, Checkpoint?> nearest)
{
    /// <summary>The agent as it was after an episode; 0 is untrained.</summary>
    public AgentSnapshot At(long episode, CancellationToken cancellation = default)
    {
        new Faults().Require(episode >= 0 && episode <= episodes, $"The run has {episodes} episodes: choose one between 0 and {episodes} (got {episode}).").ThrowIfAny();
        var loop = CourseAt(episode, cancellation).Loop;
        return new(loop.Episode, loop.Step, loop.State, loop.Values.Values.ToArray(), loop.Visits.ToArray());
    }

    /// <summary>Every step of an episode, from 1.</summary>
    public EpisodeStep[] Replay(long episode, CancellationToken cancellation = default)
    {
        new Faults().Require(episode >= 1 && episode <= episodes, episodes == 0
            ? $"No episode has ended yet (asked for episode {episode})."
            : $"The run has {episodes} episodes: choose one between 1 and {episodes} (got {episode}).").ThrowIfAny();
        var course = CourseAt(episode - 1, cancellation);
        foreach (var change in events.Where(e => e.Event == RunEvents.ParamChange && e.Episode == episode - 1))
            course.Apply(change);
        var recorder = course.Loop.Recorder = new(course.Loop.Actions);
        course.AdvanceTo(episode, events, cancellation);
        return [.. recorder.Steps];
    }

    Course CourseAt(long episode, CancellationToken cancellation)
    {
        var course = new Course(specification, mdp);
        if (nearest(episode) is { } checkpoint)
            course.Load(checkpoint, events);
        else
            course.Begin(events);
        course.AdvanceTo(episode, events, cancellation);
        return course;
    }
}
