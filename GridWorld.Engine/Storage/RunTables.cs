namespace GridWorld;

/// <summary>What a run holds, as rows under named columns.</summary>
internal static class RunTables
{
    const int Page = 4096;

    /// <summary>One row an episode, those whose raw row is kept.</summary>
    public static RowTable Metrics(RunView view) => new(EpisodeColumns.Names, Episodes(view).Select(EpisodeColumns.Of));

    /// <summary>One row a state and action.</summary>
    public static RowTable QTable(RunView view)
    {
        var (agent, optimal, world) = (view.Agent(), view.SettleTruth()?.OptimalQ, view.World);
        return new(["state", "x", "y", "action", "q", "visits", "is_greedy", "q_optimal"], Enumerable.Range(0, agent.Q.Length).Select(pair =>
        {
            var (state, action) = Math.DivRem(pair, world.Actions);
            return new object?[]
            {
                state, state % world.Width, state / world.Width, action, agent.Q[pair], agent.Visits[pair],
                agent.Q[pair] == Greedy.Of(agent.Q.AsSpan(state * world.Actions, world.Actions)).Value, optimal?[pair],
            };
        }));
    }

    /// <summary>One row a state: what the greedy policy does there, the first of equal actions.</summary>
    public static RowTable Policy(RunView view)
    {
        var (agent, world) = (view.Agent(), view.World);
        return new(["state", "x", "y", "action", "action_name", "value", "visits"], Enumerable.Range(0, world.States).Select(state =>
        {
            var greedy = Greedy.Of(agent.Q.AsSpan(state * world.Actions, world.Actions));
            long visits = agent.Visits.AsSpan(state * world.Actions, world.Actions).ToArray().Sum();
            return new object?[] { state, state % world.Width, state / world.Width, greedy.First, world.ActionNames[greedy.First], greedy.Value, visits };
        }));
    }

    /// <summary>One row an event.</summary>
    public static RowTable Events(RunView view) => new(["seq", "session_id", "episode", "event", "param", "old_value", "new_value", "message", "timestamp"],
        view.Events().Select(e => new object?[] { e.Seq, e.SessionId, e.Episode, e.Event, e.Param, e.OldValue, e.NewValue, e.Message, e.Timestamp }));

    /// <summary>One row a step, with the row of values it was chosen from.</summary>
    public static RowTable Steps(World world, IEnumerable<ReplayedEpisode> episodes) => new(StepColumns(world),
        episodes.SelectMany(e => e.Steps, (e, s) => (object?[])
        [
            e.Episode, s.Step, s.State, s.State % world.Width, s.State / world.Width, s.Action, s.Reward, s.NextState,
            s.End == StepEnd.Terminated, s.End == StepEnd.Truncated, s.Explored, .. s.Q.Cast<object?>(),
        ]));

    /// <summary>The names of the columns of steps.</summary>
    public static IReadOnlyList<string> StepColumns(World world) =>
        ["episode", "step", "state", "x", "y", "action", "reward", "next_state", "terminated", "truncated", "explored", .. world.ActionNames.Select(a => "q_" + a)];

    static IEnumerable<EpisodeRecord> Episodes(RunView view)
    {
        long next = 1, last = view.Status().Episodes;
        while (next <= last && view.Episodes(next, Page) is { Length: > 0 } page)
        {
            foreach (var episode in page)
                yield return episode;
            next = page[^1].Episode + 1;
        }
    }
}
