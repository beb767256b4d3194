namespace GridWorld;

/// <summary>Details that a page requests when the user looks at them.</summary>
internal sealed class DetailEndpoints(ServedRuns runs, ReplayTurn turn, HistogramEndpoints histograms)
{
    const int MostEdges = 4000, MostStates = 200, MostCells = ServerLimits.TileSide * ServerLimits.TileSide;

    /// <summary>
    /// Sends raw rows of the log from an episode on. Reruns missing rows, and all rows if sampled values are requested. With
    /// <c>filter</c> it sends the newest stored rows that the filter lets through instead.
    /// </summary>
    public Task Episodes(Call call)
    {
        var query = new QueryInput(call.Http.Request.Query);
        var start = query.Integer("start", 1, long.MaxValue) ?? 1;
        var count = (int)(query.Integer("count", 1, ViewRequest.MostRows) ?? ViewRequest.MostRows);
        var sampled = query.OneOf("sampled", "true", "false") == "true";
        var filter = query.Text("filter");
        query.Require(filter is null || !sampled, "Give filter or sampled, not both.").Done();
        if (filter is not null)
            return histograms.Episodes(call, query, filter, count);
        var view = runs.FindOrOnly(query.Session).View;
        long? last = start > long.MaxValue - count ? null : start + count - 1;
        return turn.AnswerAsync<IReadOnlyList<EpisodeRecord>>(call.Http,
            stop => sampled ? RunRecords.Sampled(view, start, last, stop) : [.. RunRecords.Rows(view, start, last, all: true, stop)],
            rows => Reply.Json(call.Http, new(view.Id, rows.Select(WireEpisode.Of)), WireJson.Default.WireRows));
    }

    /// <summary>Sends the checkpoints, oldest first.</summary>
    public Task Checkpoints(Call call)
    {
        var query = new QueryInput(call.Http.Request.Query);
        query.Done();
        var view = runs.FindOrOnly(query.Session).View;
        return Reply.Json(call.Http,
            new(view.Id, view.CheckpointList.Select(c => new WireCheckpoint(c.Episode, c.Step, c.Name, c.Timestamp))),
            WireJson.Default.WireCheckpoints);
    }

    /// <summary>Sends the action values of some states, with their labels: for worlds whose states have no place on a map.</summary>
    public Task Table(Call call)
    {
        var query = new QueryInput(call.Http.Request.Query);
        var (start, count) = ((int)(query.Integer("start", 0, int.MaxValue) ?? 0),
            (int)(query.Integer("count", 1, MostStates) ?? MostStates));
        var at = query.Integer("at", 0, long.MaxValue);
        query.Done();
        var run = runs.FindOrOnly(query.Session);
        return at is not { } episode ? ReplyWith(run.Map(run.View, run.Look().Agent))
            : turn.AnswerAsync(call.Http, stop =>
            {
                var view = run.View.Past(episode, stop);
                return run.Map(view, view.Agent());
            }, ReplyWith);

        Task ReplyWith(MapSource map)
        {
            var states = Enumerable.Range(start, Math.Clamp(map.World.States - start, 0, count));
            return Reply.Json(call.Http, new(run.View.Id, map.Agent.Episode, map.Agent.State, states.Select(s => new WireTableRow(s,
                WireText.Name(map.World.LabelOf(s)), map.Tile(s).IsTerminal, map.Row(s).ToArray(), map.Visits(s),
                map.ExactSolution?.OptimalValues[s])), map.World.States <= MostStates ? Edges(map.Agent.Tables) : null),
                WireJson.Default.WireTable);
        }
    }

    static IEnumerable<IReadOnlyList<int>> Edges(Mdp mdp) =>
        (from state in Enumerable.Range(0, mdp.States)
         where !mdp.IsTerminal(state)
         from action in Enumerable.Range(0, mdp.Actions)
         from outcome in Enumerable.Range(0, mdp.OutcomesPerPair)
         where mdp.Probability(state, action, outcome) > 0
         select (From: state, To: mdp.Next(state, action, outcome))).Distinct().Take(MostEdges).Select(e => (int[])[e.From, e.To]);

    /// <summary>
    /// Sends the greedy actions of every state, one bit each, the world's tiles, and each cell's tile number. The world must be small
    /// enough to be drawn completely.
    /// </summary>
    public Task Policy(Call call)
    {
        var query = new QueryInput(call.Http.Request.Query);
        query.Done();
        var run = runs.FindOrOnly(query.Session);
        var world = run.View.World;
        new Faults().Require((long)world.Space.Cells * world.Modes <= MostCells,
            $"The world has {world.States} cells; policies can be compared in worlds of at most {MostCells}.").ThrowIfAny();
        var agent = run.Look().Agent;
        var map = run.Map(run.View, agent);
        // The maps of all modes, one below the other.
        int[] states = [.. Enumerable.Range(0, world.Modes).SelectMany(world.Space.StatesOf)];
        return Reply.Json(call.Http, new(run.View.Id, agent.Episode, world.Width, world.Height * world.Modes, world.ActionNames,
            [.. states.Select(s => s < 0 ? (byte)0 : MapLayer.Arrows("policy", map, s))], WireTile.Of(world),
            [.. states.Select(s => world.Tiles.Index(map.Tile(s).Character))]), WireJson.Default.WirePolicy);
    }
}
