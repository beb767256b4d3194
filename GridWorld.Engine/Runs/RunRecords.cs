namespace GridWorld;

/// <summary>The data of a run as records for LINQ, which are created during enumeration.</summary>
public static class RunRecords
{
    /// <summary>Returns the episodes whose rows are kept, or all episodes, in order.</summary>
    /// <param name="run">The run.</param>
    /// <param name="first">First episode, from 1. Default 1.</param>
    /// <param name="last">Last episode, inclusive. Default: the newest.</param>
    /// <param name="all">Whether to replay episodes whose rows are no longer kept, with the same result. Default false.</param>
    public static IEnumerable<EpisodeRecord> EpisodeRecords(this RunView run, long first = 1, long? last = null, bool all = false) =>
        Rows(Guard.NotNull(run), first, last, all, CancellationToken.None);

    internal static IEnumerable<EpisodeRecord> Rows(RunView run, long first, long? last, bool all, CancellationToken cancellationToken)
    {
        const int page = 4096;
        long next = Math.Max(1, first), end = Math.Min(last ?? long.MaxValue, run.Status().Episodes);
        while (next <= end)
        {
            EpisodeRecord[] kept = [.. run.RawEpisodes(next, (int)Math.Min(page, end - next + 1)).Where(e => e.Episode <= end)];
            long from = kept.Length > 0 ? kept[0].Episode : end + 1;
            if (all && from > next)
            {
                foreach (var again in run.Rewind().Records(next, from - 1, run.OptionsOfFork, cancellationToken))
                    yield return again;
            }

            foreach (var episode in kept)
                yield return episode;
            next = from + kept.Length;
        }
    }

    /// <summary>Replays episodes, with mean Q and action counts of each.</summary>
    internal static EpisodeRecord[] Sampled(RunView run, long first, long? last, CancellationToken cancellationToken) =>
        [.. run.Rewind()
        .Records(first, Math.Min(last ?? long.MaxValue, run.Status().Episodes),
        run.OptionsOfFork with { SampleEveryEpisode = true, TraceEpisodes = 0 }, cancellationToken)];

    /// <summary>
    /// Compares the greedy policy with the optimum at several moments of the run: before the first episode, after the last, and between
    /// them at growing distances. In steps, a learner and a planner compare, whose steps are updates of a state. The run is replayed up to
    /// its end, which takes as long as its training.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="points">The most moments, at least 2. Default 50.</param>
    /// <exception cref="InputException">There are too few points, or the world has no finite value.</exception>
    public static IEnumerable<DistanceToOptimum> DistancesToOptimum(this RunView run, int points = 50)
    {
        ArgumentNullException.ThrowIfNull(run);
        new Faults().Require(points >= 2, $"The number of points must be at least 2 (got {points}).").ThrowIfAny();
        return Each(run, Math.Log(run.Status().Episodes + 1.0) / (points - 1), points);
    }

    static IEnumerable<DistanceToOptimum> Each(RunView run, double distance, int points)
    {
        var rewind = run.Rewind();
        var runLoop = rewind.LoopAt(0);
        foreach (long episode in Enumerable.Range(0, points).Select(k => (long)Math.Round(Math.Exp(k * distance) - 1)).Distinct())
        {
            runLoop.AdvanceTo(episode, rewind.Events);
            var plan = KnownPlans.Of(runLoop.Mdp, runLoop.Loop.Current.DiscountFactor, run.Specification.StepLimit).Plan;
            yield return DistanceToOptimum.Of(plan, runLoop.Loop.Values.Values) with { Episode = episode, Step = runLoop.Loop.Steps };
        }
    }

    /// <summary>Returns the current action values, one record per state and action.</summary>
    /// <param name="run">The run.</param>
    public static IEnumerable<ActionValue> ActionValues(this RunView run) => ActionValues(Guard.NotNull(run).World, run.Agent());

    static IEnumerable<ActionValue> ActionValues(World world, AgentSnapshot agent)
    {
        int actions = world.Actions;
        for (int state = 0; state < world.States; state++)
        {
            var (x, y) = world.CellOf(state);
            uint best = Greedy.Of(agent.Q.AsSpan(state * actions, actions)).Actions;
            for (int a = 0; a < actions; a++)
            {
                int pair = state * actions + a;
                yield return new(state, x, y, a, world.ActionNames[a], agent.Q[pair], agent.Visits[pair], (best >> a & 1) != 0);
            }
        }
    }
}
