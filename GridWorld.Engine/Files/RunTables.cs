namespace GridWorld;

/// <summary>What a run holds, as rows under named columns.</summary>
internal static class RunTables
{
    /// <summary>One row an episode.</summary>
    /// <param name="view">The run.</param>
    /// <param name="all">Whether those whose row is kept no more are rerun; else they are left out.</param>
    /// <param name="last">The last episode; null for the last there is now.</param>
    public static RowTable Metrics(RunView view, bool all, long? last = null) =>
        new(EpisodeColumns.Names, EpisodeColumns.Types, view.EpisodeRecords(last: last, all: all).Select(EpisodeColumns.Of));

    /// <summary>One row a state and action.</summary>
    public static RowTable QTable(RunView view)
    {
        var (agent, optimal, world) = (view.Agent(), view.SettleTruth()?.OptimalQ, view.World);
        return new(["state", "x", "y", "action", "q", "visits", "is_greedy", "q_optimal"],
            [typeof(int), typeof(int), typeof(int), typeof(int), typeof(double), typeof(long), typeof(bool), typeof(double?)], Enumerable.Range(0, agent.Q.Length).Select(pair =>
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
        return new(["state", "x", "y", "action", "action_name", "value", "visits"],
            [typeof(int), typeof(int), typeof(int), typeof(int), typeof(string), typeof(double), typeof(long)], Enumerable.Range(0, world.States).Select(state =>
        {
            var greedy = Greedy.Of(agent.Q.AsSpan(state * world.Actions, world.Actions));
            long visits = agent.Visits.AsSpan(state * world.Actions, world.Actions).ToArray().Sum();
            return new object?[] { state, state % world.Width, state / world.Width, greedy.First, world.ActionNames[greedy.First], greedy.Value, visits };
        }));
    }

    /// <summary>One row an event.</summary>
    public static RowTable Events(RunView view) => new(["seq", "session_id", "episode", "event", "param", "old_value", "new_value", "message", "timestamp"],
        [typeof(long), typeof(string), typeof(long), typeof(string), typeof(string), typeof(string), typeof(string), typeof(string), typeof(DateTimeOffset)],
        view.Events().Select(e => new object?[] { e.Seq, e.SessionId, e.Episode, e.Event, e.Param, e.OldValue, e.NewValue, e.Message, e.Timestamp }));

    /// <summary>One row a step, with the row of values it was chosen from.</summary>
    public static RowTable Steps(World world, IEnumerable<ReplayedEpisode> episodes) => new(StepColumns(world),
        [typeof(long), typeof(int), typeof(int), typeof(int), typeof(int), typeof(int), typeof(double), typeof(int), typeof(bool), typeof(bool), typeof(bool),
            .. world.ActionNames.Select(_ => typeof(double))],
        episodes.SelectMany(e => e.Steps, (e, s) => (object?[])
        [
            e.Episode, s.Step, s.State, s.State % world.Width, s.State / world.Width, s.Action, s.Reward, s.NextState,
            s.End == StepEnd.Terminated, s.End == StepEnd.Truncated, s.Explored, .. s.Q.Cast<object?>(),
        ]));

    /// <summary>The names of the columns of steps.</summary>
    public static IReadOnlyList<string> StepColumns(World world) =>
        ["episode", "step", "state", "x", "y", "action", "reward", "next_state", "terminated", "truncated", "explored", .. world.ActionNames.Select(a => "q_" + a)];
}
