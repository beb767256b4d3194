namespace GridWorld;

/// <summary>The data of a run as tables.</summary>
internal static class RunTables
{
    static readonly Column<RunEvent>[] events =
    [
        Event("seq", e => e.Seq),
        Event("session_id", e => e.RunId),
        Event("episode", e => e.Episode),
        Event("event", e => e.Word),
        Event("param", e => e.Param),
        Event("old_value", e => e.OldValue),
        Event("new_value", e => e.NewValue),
        Event("message", e => e.Message),
        Event("timestamp", e => e.Timestamp),
    ];

    /// <summary>The columns of events without the run's id, which is the same for all of them.</summary>
    public static Column<RunEvent>[] EventColumns { get; } = events.Without("session_id");

    public static Column<CheckpointInfo>[] CheckpointColumns { get; } =
    [
        new Column<CheckpointInfo, long>("episode", c => c.Episode),
        new Column<CheckpointInfo, long>("step", c => c.Step),
        new Column<CheckpointInfo, string?>("name", c => c.Name),
        new Column<CheckpointInfo, DateTimeOffset>("timestamp", c => c.Timestamp),
    ];

    /// <summary>One row per episode.</summary>
    /// <param name="view">The run.</param>
    /// <param name="all">Whether to replay episodes whose rows are no longer kept; otherwise they are left out.</param>
    /// <param name="last">The last episode; null for the newest.</param>
    public static RowTable Metrics(RunView view, bool all, long? last = null)
    {
        var table = ExportedEpisodes.Of(view.Specification.IsPlanned);
        return new(table.Names, table.Types, view.EpisodeRecords(last: last, all: all).Select(table.Cells));
    }

    /// <summary>One row per state and action.</summary>
    public static RowTable QTable(RunView view)
    {
        var (agent, optimal, actions) = (view.Agent(), view.SolveExactly()?.OptimalQ, view.World.Actions);
        return RowTable.Of([
            .. Cell<int>(view.World, pair => pair / actions),
            new Column<int, int>("action", pair => pair % actions),
            new Column<int, double>("q", pair => agent.Q[pair]),
            new Column<int, long>("visits", pair => agent.Visits[pair]),
            new Column<int, bool>("is_greedy", pair => agent.Q[pair] == GreedyIn(agent, pair / actions, actions).Value),
            new Column<int, double?>("q_optimal", pair => optimal?[pair]),
        ], Enumerable.Range(0, agent.Q.Length));
    }

    /// <summary>One row per state, with the first greedy action.</summary>
    public static RowTable Policy(RunView view)
    {
        var (agent, actions) = (view.Agent(), view.World.Actions);
        return RowTable.Of([
            .. Cell<int>(view.World, state => state),
            new Column<int, int>("action", state => GreedyIn(agent, state, actions).First),
            new Column<int, string>("action_name", state => view.World.ActionNames[GreedyIn(agent, state, actions).First]),
            new Column<int, double>("value", state => agent.ValueOf(state, actions)),
            new Column<int, long>("visits", state => agent.Visits.AsSpan(state * actions, actions).ToArray().Sum()),
        ], Enumerable.Range(0, view.World.States));
    }

    /// <summary>One row per event.</summary>
    public static RowTable Events(RunView view) => RowTable.Of(events, view.EventLog);

    /// <summary>One row per step, with the action values from which the action was chosen.</summary>
    public static RowTable Steps(World world, IEnumerable<EpisodeTrace> episodes) => RowTable.Of(StepColumns(world), Steps(episodes));

    public static IEnumerable<(long Episode, EpisodeStep Step)> Steps(IEnumerable<EpisodeTrace> episodes) =>
        episodes.SelectMany(e => e.Steps, (e, step) => (e.Episode, step));

    public static Column<(long Episode, EpisodeStep Step)>[] StepColumns(World world) =>
    [
        OfStep("episode", r => r.Episode),
        OfStep("step", r => r.Step.Step),
        .. Cell<(long, EpisodeStep Step)>(world, r => r.Step.State),
        OfStep("action", r => r.Step.Action),
        OfStep("reward", r => r.Step.Reward),
        OfStep("next_state", r => r.Step.NextState),
        OfStep("terminated", r => r.Step.End == StepEnd.Terminated),
        OfStep("truncated", r => r.Step.End == StepEnd.Truncated),
        OfStep("explored", r => r.Step.Explored),
        .. world.ActionNames.Select((name, action) => OfStep("q_" + name, r => r.Step.Q[action])),
    ];

    static Greedy GreedyIn(AgentSnapshot agent, int state, int actions) => Greedy.Of(agent.Q.AsSpan(state * actions, actions));

    static Column<TRow>[] Cell<TRow>(World world, Func<TRow, int> state) =>
    [
        new Column<TRow, int>("state", state),
        new Column<TRow, int>("x", row => world.CellOf(state(row)).X),
        new Column<TRow, int>("y", row => world.CellOf(state(row)).Y),
        .. world.LabelOf(0).Length == 0 ? Array.Empty<Column<TRow>>()
            : [new Column<TRow, string>("label", row => world.LabelOf(state(row)))],
    ];

    static Column<RunEvent, T> Event<T>(string name, Func<RunEvent, T> read) => new(name, read);

    static Column<(long Episode, EpisodeStep Step), T> OfStep<T>(string name, Func<(long Episode, EpisodeStep Step), T> read) =>
        new(name, read);
}
