namespace GridWorld;

/// <summary>What an agent knows of one action in one state.</summary>
/// <param name="State">The state.</param>
/// <param name="X">Its column, from the left.</param>
/// <param name="Y">Its row, from the top.</param>
/// <param name="Action">The action.</param>
/// <param name="ActionName">Its name.</param>
/// <param name="Q">Q(State, Action).</param>
/// <param name="Visits">How often it was taken.</param>
/// <param name="IsGreedy">Whether no other action has a greater value.</param>
public readonly record struct ActionValue(int State, int X, int Y, int Action, string ActionName, double Q, long Visits, bool IsGreedy);

/// <summary>A run as records, for LINQ: made while they are asked for.</summary>
public static class RunRecords
{
    /// <summary>The episodes as they ended, one after the other; those whose raw row is kept, or all.</summary>
    /// <param name="run">The run.</param>
    /// <param name="first">The first episode, from 1.</param>
    /// <param name="last">The last; null for the last there is now.</param>
    /// <param name="all">Whether episodes whose row is kept no more are rerun, which gives the same row, bit for bit. Default no.</param>
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

    /// <summary>Some episodes run again, with mean Q and action counts of every one.</summary>
    internal static EpisodeRecord[] Sampled(RunView run, long first, long? last, CancellationToken cancellationToken) =>
        [.. run.Rewind()
        .Records(first, Math.Min(last ?? long.MaxValue, run.Status().Episodes),
        run.OptionsOfFork with { SampleEveryEpisode = true, TraceEpisodes = 0 }, cancellationToken)];

    /// <summary>What the agent knows now, a record for every state and action.</summary>
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
