namespace GridWorld;

/// <summary>Any episode of a stored run, step by step: run again from the nearest checkpoint before it.</summary>
internal static class StoredEpisode
{
    /// <exception cref="InputException">The run has no such episode, or its file is no good.</exception>
    public static RowTable Replay(string path, long episode)
    {
        var (header, events, checkpoint) = Read(path, episode);
        var course = new Course(header.Specification, header.Specification.World.Compile());
        if (checkpoint is not null)
            course.Load(checkpoint, events);
        course.AdvanceTo(episode - 1, events);
        // What takes effect right before the episode; doing it again changes nothing.
        foreach (var change in events.Where(e => e.Event == RunEvents.ParamChange && e.Episode == episode - 1))
            course.Apply(change);
        var recorder = course.Loop.Recorder = new(course.Loop.Actions);
        course.AdvanceTo(episode, events);
        return Rows(header.Specification.World, episode, recorder.Steps);
    }

    static (RunHeader, List<RunEvent>, Checkpoint?) Read(string path, long episode) => StoreFault.Explain(path, () =>
    {
        using var connection = StoreFile.Read(path);
        return connection.AtOneMoment(() =>
        {
            var header = RunHeader.Read(connection);
            long episodes = StoredProgress.Read(connection).Episode;
            new Faults().Require(episode >= 1 && episode <= episodes, $"The episode must be between 1 and {episodes}, the last that {header.Id} has run (got {episode}).").ThrowIfAny();
            Checkpoint? before = null;
            foreach (var stored in Enumerable.Reverse(CheckpointTable.List(connection)).SkipWhile(c => c.Episode >= episode))
            {
                try
                {
                    before = CheckpointTable.Read(connection, stored, StoredRun.MostBytes(header.Specification.World));
                    break;
                }
                catch (StoreDamage)
                {
                    // The one before leads to the same bits, only later.
                }
            }

            return (header, StoredRun.ReadEvents(connection, header), before);
        });
    });

    static RowTable Rows(World world, long episode, IReadOnlyList<EpisodeStep> steps) => new(
        ["episode", "step", "state", "x", "y", "action", "reward", "next_state", "terminated", "truncated", "explored", .. world.ActionNames.Select(a => "q_" + a)],
        steps.Select(s => (object?[])
        [
            episode, s.Step, s.State, s.State % world.Width, s.State / world.Width, s.Action, s.Reward, s.NextState,
            s.End == StepEnd.Terminated, s.End == StepEnd.Truncated, s.Explored, .. s.Q.Cast<object?>(),
        ]));
}
