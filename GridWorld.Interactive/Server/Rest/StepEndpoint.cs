namespace GridWorld;

/// <summary>
/// Takes one step in the world for a user who drives. It uses the simulator of the training with the caller's seed. In a world that
/// changes, <c>at</c> selects the world after an episode. The request has no effect on the run.
/// </summary>
internal sealed class StepEndpoint(ServedRuns runs, ReplayTurn turn)
{
    public Task Step(Call call)
    {
        var query = new QueryInput(call.Http.Request.Query);
        var (state, action) = ((int?)query.Integer("state", 0, int.MaxValue), (int?)query.Integer("action", 0, 31));
        var (last, seed) = ((int)(query.Integer("last_action", -1, 31) ?? -1), (ulong)(query.Integer("seed", 0, long.MaxValue) ?? 0));
        var at = query.Integer("at", 0, long.MaxValue);
        query.Require(state is null == action is null, "Give state and action for a step, neither for a start.").Done();
        var run = runs.FindOrOnly(query.Session);
        var world = run.View.World;
        new Faults().Require(state is null || state < world.States, $"state must be between 0 and {world.States - 1} (got {state}).")
            .Require(action is null || action < world.Actions, $"action must be between 0 and {world.Actions - 1} (got {action}).")
            .Require(last < world.Actions, $"last_action must be between -1 and {world.Actions - 1} (got {last}).").ThrowIfAny();
        bool changes = world.Changes.Count > 0 || run.View.EventLog.Any(e => e.Kind == RunEventKind.RewardChange);
        return at is { } episode && changes
            ? turn.AnswerAsync(call.Http, stop => run.View.Past(episode, stop).Agent(), ReplyWith)
            : ReplyWith(run.Look().Agent);

        Task ReplyWith(AgentSnapshot then)
        {
            var simulator = run.Simulator(then.Tables);
            var random = Rng.Streams(seed).World;
            if (state is not { } from)
                return Reply.Json(call.Http, new(run.View.Id, simulator.Start(ref random)), WireJson.Default.WireStart);
            new Faults().Require(!world.TileOf(from, world.TextAt(then.Step)).IsWall, $"state {from} is a wall.").ThrowIfAny();
            var step = simulator.Step(from, action!.Value, ref last, ref random);
            return Reply.Json(call.Http,
                new(run.View.Id, from, action.Value, step.Reward, step.State, step.End == StepEnd.Terminated, last),
                WireJson.Default.WireStep);
        }
    }
}
