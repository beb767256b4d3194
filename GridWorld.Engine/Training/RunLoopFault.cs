namespace GridWorld;

/// <summary>Describes an error of the training of a run.</summary>
internal static class RunLoopFault
{
    /// <summary>
    /// Describes an exception of a user's learner with its place, and restores the loop to its last boundary if possible.
    /// </summary>
    /// <param name="thrown">The exception.</param>
    /// <param name="runLoop">The loop that threw it.</param>
    /// <param name="checkpoint">An earlier checkpoint.</param>
    /// <param name="events">The run's events.</param>
    public static string Tell(Exception thrown, RunLoop runLoop, Checkpoint checkpoint, IReadOnlyList<RunEvent> events)
    {
        string where = "";
        try
        {
            long episode = runLoop.Loop.Episodes;
            runLoop.Load(checkpoint, events);
            runLoop.AdvanceTo(episode, events);
            where = ForeignFault.Where(thrown, runLoop.Loop, runLoop.Advance);
            runLoop.Load(checkpoint, events);
            runLoop.AdvanceTo(episode, events);
        }
        catch (Exception)
        {
            // The exception does not recur in the same place, so the place is unknown.
        }

        return ForeignFault.Words(thrown, where);
    }

    /// <summary>The reason that training ended because a value or a return is not finite.</summary>
    /// <param name="loop">The loop, at the end of the episode in which this happened.</param>
    /// <param name="world">The world of the run.</param>
    /// <param name="isKept">Whether there is an earlier checkpoint of the training.</param>
    public static string NonFinite(TrainingLoop loop, World world, bool isKept)
    {
        var q = loop.Values.Values;
        int pair = 0;
        while (pair < q.Length && double.IsFinite(q[pair]))
            pair++;
        string kept = isKept ? "The last good checkpoint is kept" : "No checkpoint contains any training";
        if (!double.IsFinite(loop.Unfinished.Return))
        {
            string though = pair == q.Length ? ", although every value is finite" : "";
            return $"The sum of the rewards of episode {loop.Episodes} exceeds the largest number{though}. "
                + $"{kept}: train a new run with smaller rewards.";
        }

        if (pair == q.Length)
        {
            return $"A value was temporarily NaN or infinite in episode {loop.Episodes}. "
                + $"{kept}: train a new run with a smaller learning rate or smaller rewards.";
        }

        var (state, action) = Math.DivRem(pair, loop.Actions);
        return FormattableString.Invariant($"Q({state}, {world.ActionNames[action]}) became {q[pair]} in episode {loop.Episodes}. ")
            + $"{kept}: {(isKept ? "resume from it" : "train a new run")} "
            + "with a smaller learning rate, a smaller discount factor or bounded rewards.";
    }
}
