namespace GridWorld;

/// <summary>What a learner or a simulator written elsewhere threw in a run, and where.</summary>
internal static class CourseFault
{
    /// <summary>The fault in words; the course is back at its last boundary then, where it can be.</summary>
    /// <param name="thrown">What was thrown.</param>
    /// <param name="course">The course that it ended.</param>
    /// <param name="checkpoint">One from before.</param>
    /// <param name="events">The run's events.</param>
    public static string Tell(Exception thrown, Course course, Checkpoint checkpoint, IReadOnlyList<RunEvent> events)
    {
        string where = "";
        try
        {
            long episode = course.Loop.Episode;
            course.Load(checkpoint, events);
            course.AdvanceTo(episode, events);
            where = ForeignFault.Where(thrown, course.Loop, course.Advance);
            course.Load(checkpoint, events);
            course.AdvanceTo(episode, events);
        }
        catch (Exception)
        {
            // It doesn't throw in the same place twice: there is no more to tell.
        }

        return ForeignFault.Words(thrown, where);
    }
}
