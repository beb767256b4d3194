using System.Globalization;

namespace GridWorld;

/// <summary>What a learner written elsewhere threw, and where: the steps since the last boundary are run again until it throws once more.</summary>
internal static class ForeignFault
{
    const int StackLines = 3;
    const long MostSteps = 1 << 22;

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
            where = Where(thrown, course);
            course.Load(checkpoint, events);
            course.AdvanceTo(episode, events);
        }
        catch (Exception)
        {
            // It doesn't throw in the same place twice: there is no more to tell.
        }

        return thrown is InputException ? thrown.Message : $"{thrown.GetType().Name}{where}: {thrown.Message} {Stack(thrown)}";
    }

    static string Where(Exception thrown, Course course)
    {
        var recorder = course.Loop.Recorder = new(course.Loop.Actions) { MostSteps = 1 };
        try
        {
            var rows = new EpisodeBuffer(1);
            for (long last = course.Loop.Step + MostSteps; course.Loop.Step < last && !course.Loop.IsNonFinite; rows.Count = 0)
                course.Advance(last - course.Loop.Step, 1, rows);
        }
        catch (Exception again) when (again.GetType() == thrown.GetType())
        {
            return string.Create(CultureInfo.InvariantCulture, $" in episode {recorder.Episode}, state {recorder.State}, action {recorder.Action}");
        }
        finally
        {
            course.Loop.Recorder = null;
        }

        return "";
    }

    static string Stack(Exception thrown) =>
        string.Join("; ", (thrown.StackTrace ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(StackLines));
}
