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

    /// <summary>Why training ended where a value or a return stopped being finite.</summary>
    /// <param name="loop">The loop, at the end of the episode where that happened.</param>
    /// <param name="world">The run's world.</param>
    /// <param name="isKept">Whether there is a checkpoint of training from before.</param>
    public static string NonFinite(TrainingLoop loop, World world, bool isKept)
    {
        var q = loop.Values.Values;
        int pair = 0;
        while (pair < q.Length && double.IsFinite(q[pair]))
            pair++;
        string kept = isKept ? "The last good checkpoint is kept" : "No checkpoint contains any training";
        if (!double.IsFinite(loop.Unfinished.Return))
        {
            string though = pair == q.Length ? ", though every value is finite" : "";
            return $"The rewards of episode {loop.Episode} add up to more than a number can represent{though}. "
                + $"{kept}: train again with smaller rewards.";
        }

        if (pair == q.Length)
        {
            return $"A value was NaN or infinite for a while in episode {loop.Episode}. "
                + $"{kept}: train again with a smaller learning rate or smaller rewards.";
        }

        var (state, action) = Math.DivRem(pair, loop.Actions);
        return FormattableString.Invariant($"Q({state}, {world.ActionNames[action]}) became {q[pair]} in episode {loop.Episode}. ")
            + $"{kept}: {(isKept ? "resume from it" : "train again")} "
            + "with a smaller learning rate, a smaller discount factor or bounded rewards.";
    }
}
