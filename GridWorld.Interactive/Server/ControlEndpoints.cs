using Microsoft.AspNetCore.Http;

namespace GridWorld;

/// <summary>What can be done to a run. Ranges are judged by the run itself, whose words come back.</summary>
internal sealed class ControlEndpoints(ServedRuns runs)
{
    const long MostEpisodes = 1_000_000_000_000;

    public Task Pause(Call call) => Steer(call, run => run.Pause(), replay => replay.Pause());

    /// <summary>
    /// Ends a pause, for good or for so many episodes; a run of the store is taken up here, and so is one that has ended where
    /// the checkpoint to go on from is named. What is replayed goes on being shown.
    /// </summary>
    public async Task Resume(Call call)
    {
        var input = await JsonInput.ReadAsync(call.Http);
        var (episodes, checkpoint) = (input.Integer("episodes", 1, MostEpisodes), input.Text("checkpoint", 64));
        input.Require(episodes is null || checkpoint is null, "Give episodes or checkpoint, not both.").Done();
        if (checkpoint is not null)
        {
            var view = runs.Find(call.Argument).View;
            await (view.Status().State is RunState.Training or RunState.Paused
                ? Reply.Problem(call.Http, StatusCodes.Status409Conflict, ["This run is being trained. Stop it first, or fork it at the checkpoint."])
                : AnswerWithStatus(call, runs.TakeUp(view.Id, null, checkpoint).View));
        }
        else if (episodes is { } count)
            await Answer(call, run => run.Resume(count));
        else
            await Answer(call, run => run.Resume(), id => runs.TakeUp(id, null), replay => replay.Resume());
    }

    /// <summary>Stops a run, or ends a replay: then the run itself is shown again.</summary>
    public Task Stop(Call call) => Steer(call, run => run.Stop(), replay => runs.EndReplay(replay.Id));

    public async Task Hyperparameters(Call call)
    {
        var input = await JsonInput.ReadAsync(call.Http);
        var changes = new Dictionary<string, Schedule>();
        foreach (var name in Hyperparameter.All.Select(h => h.Name))
            if (input.Schedule(name) is { } schedule)
                changes[name] = schedule;
        input.Done();
        await AnswerWithEvents(call, run => run.Set(changes));
    }

    /// <summary>Saves a checkpoint; one without a name gets that of the episode it is taken after, which only the run knows.</summary>
    public async Task Checkpoint(Call call)
    {
        var input = await JsonInput.ReadAsync(call.Http);
        var name = input.Text("name", 1000);
        input.Done();
        await AnswerWithEvents(call, run => [name is null ? run.SaveCheckpoint() : run.SaveCheckpoint(name)]);
    }

    public async Task Continue(Call call)
    {
        var input = await JsonInput.ReadAsync(call.Http);
        var episodes = input.Integer("episodes", 1, MostEpisodes);
        input.Require(episodes is not null, "episodes is needed: how many more to train.").Done();
        await Answer(call, run => run.Continue(episodes!.Value), id => runs.TakeUp(id, episodes));
    }

    public async Task Pace(Call call)
    {
        var input = await JsonInput.ReadAsync(call.Http);
        var pace = input.Number("steps_per_second");
        input.Done();
        await Answer(call, run => run.Pace = pace);
    }

    async Task Steer(Call call, Action<Run> command, Action<ReplayedRun> replayed)
    {
        (await JsonInput.ReadAsync(call.Http)).Done();
        await Answer(call, command, null, replayed);
    }

    Task Answer(Call call, Action<Run> command, Func<string, WatchedRun>? takeUp = null, Action<ReplayedRun>? replayed = null)
    {
        var view = runs.Find(call.Argument).View;
        if (view.Run is { } run)
            command(run);
        else if (view is ReplayedRun replay)
        {
            if (replayed is null)
                return Refuse(call, view);
            replayed(replay);
            view = runs.Find(call.Argument).View;
        }
        else if (takeUp is not null && runs.Live(view.Id) is null)
            view = takeUp(view.Id).View;
        else
            return Refuse(call, view);
        return AnswerWithStatus(call, view);
    }

    static Task AnswerWithStatus(Call call, RunView view) => Reply.Json(call.Http, writer => WireWriter.Status(writer, view.Status(), view.Run is not null, canReplay: true));

    Task AnswerWithEvents(Call call, Func<Run, IEnumerable<RunEvent>> command)
    {
        var view = runs.Find(call.Argument).View;
        if (view.Run is not { } run)
            return Refuse(call, view);
        var events = command(run);
        return Reply.Json(call.Http, writer => WireWriter.Events(writer, view.Id, events));
    }

    static Task Refuse(Call call, RunView view) => Reply.Problem(call.Http, StatusCodes.Status409Conflict, [view is ReplayedRun
        ? "This is a recorded session being shown again: it can be paused, resumed and stopped. Stop it to steer the run itself, or fork it."
        : "This run is not trained by this server, so it can be watched but not steered from here. Resume it first."]);
}
