using Microsoft.AspNetCore.Http;

namespace GridWorld;

/// <summary>The commands to a run. The run itself checks the ranges; its error messages are returned.</summary>
internal sealed class ControlEndpoints(ServedRuns runs)
{
    const long MostEpisodes = 1_000_000_000_000;

    public Task Pause(Call call) => Steer(call, run => run.Pause(), replay => replay.Pause());

    /// <summary>
    /// Ends a pause, permanently or for a number of episodes. Resumes an interrupted stored run in this process, and an ended run if the
    /// request names a checkpoint by its name or episode. Resumes a paused playback.
    /// </summary>
    public async Task Resume(Call call)
    {
        var input = await JsonInput.ReadAsync(call.Http);
        var (episodes, checkpoint, at) = (input.Integer("episodes", 1, MostEpisodes), input.Text("checkpoint", 64),
            input.Integer("episode", 0, long.MaxValue));
        input.Require((episodes is null ? 0 : 1) + (checkpoint is null ? 0 : 1) + (at is null ? 0 : 1) <= 1,
            "Give one of episodes, checkpoint and episode.").Done();
        var view = runs.Find(call.Argument).View;
        var state = view.Status().State;
        if (checkpoint is not null || at is not null)
            await ResumeAt(call, view, state, checkpoint, at);
        else if (episodes is { } count)
            await Answer(call, run => Train(run, () => run.Advance(count)));
        else if (view is not ReplayedRun && state is RunState.Stopped or RunState.Completed or RunState.Failed)
            await Conflict(call, "This run has ended. To train more episodes, continue it; to go back, resume one of its checkpoints.");
        else
            await Answer(call, run => run.Resume(), id => TakeUp(id), replay => replay.Resume());
    }

    /// <summary>Resumes from a named checkpoint or from the newest automatic one, which is where the run stopped.</summary>
    Task ResumeAt(Call call, RunView view, RunState state, string? name, long? at)
    {
        if (state is RunState.Training or RunState.Paused)
            return Conflict(call, "This run is being trained. Stop it first, or fork it at the checkpoint.");
        if (at is not null)
        {
            var checkpoints = view.CheckpointList;
            name = checkpoints.LastOrDefault(c => c.Episode == at && c.Name is not null)?.Name;
            if (name is null && (checkpoints.Count == 0 || checkpoints[^1].Episode != at))
                return Conflict(call, $"Cannot resume after episode {at}: only the newest checkpoint and named ones can be resumed. "
                + "Fork the run there.");
            if (name is null && view.Status() is { TargetEpisodes: { } target } status && status.Episodes >= target)
                return Conflict(call, "This run has trained all its episodes, so nothing is left to resume. To train more, continue it.");
        }

        return AnswerWithStatus(call, TakeUp(view.Id, checkpoint: name).View);
    }

    /// <summary>Stops a run, or ends a playback and shows the run itself again.</summary>
    public Task Stop(Call call) => Steer(call, run => run.Stop(), replay => runs.EndReplay(replay.Id));

    public async Task Hyperparameters(Call call)
    {
        var input = await JsonInput.ReadAsync(call.Http);
        var changes = input.Changes(runs.Find(call.Argument).View.Specification.Learner);
        input.Done();
        await AnswerWithEvents(call, run => run.Set(changes));
    }

    /// <summary>Changes the reward of entering a cell.</summary>
    public async Task Reward(Call call)
    {
        var input = await JsonInput.ReadAsync(call.Http);
        var (x, y, reward) = (input.Integer("x", 0, World.MaxStates), input.Integer("y", 0, World.MaxStates), input.Number("reward"));
        input.Require(x is not null && y is not null && reward is not null, "x, y and reward are required.").Done();
        await AnswerWithEvents(call, run => [run.SetReward((int)x!, (int)y!, reward!.Value)]);
    }

    /// <summary>Saves a checkpoint. Without a name, the run names it after its episode.</summary>
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
        input.Require(episodes is not null, "episodes is required: the number of episodes to add.").Done();
        await Answer(call, run => Train(run, () => run.Continue(episodes!.Value)), id => TakeUp(id, episodes));
    }

    public async Task Pace(Call call)
    {
        var input = await JsonInput.ReadAsync(call.Http);
        var pace = input.Number("steps_per_second");
        input.Done();
        await Answer(call, run => run.Pace = pace);
    }

    WatchedRun TakeUp(string id, long? moreEpisodes = null, string? checkpoint = null) =>
        runs.Training.Start(() => runs.TakeUp(id, moreEpisodes, checkpoint));

    /// <summary>Runs a command that trains. A run in training already counts toward the limit; an ended run must be admitted.</summary>
    void Train(Run run, Action command)
    {
        if (run.State is RunState.Training or RunState.Paused)
            command();
        else
            runs.Training.Start(() =>
            {
                command();
                return run;
            });
    }

    async Task Steer(Call call, Action<Run> command, Action<ReplayedRun> replayed)
    {
        (await JsonInput.ReadAsync(call.Http)).Done();
        await Answer(call, command, null, replayed);
    }

    Task Answer(Call call, Action<Run> command, Func<string, WatchedRun>? takeUp = null, Action<ReplayedRun>? replayed = null)
    {
        var view = runs.Find(call.Argument).View;
        if (view is Run run)
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

    static Task AnswerWithStatus(Call call, RunView view) =>
        Reply.Json(call.Http, WireStatus.Of(view.Status(), view is Run, canReplay: true), WireJson.Default.WireStatus);

    Task AnswerWithEvents(Call call, Func<Run, IEnumerable<RunEvent>> command)
    {
        var view = runs.Find(call.Argument).View;
        if (view is not Run run)
            return Refuse(call, view);
        var events = command(run);
        return Reply.Json(call.Http, WireEvents.Of(view.Id, events), WireJson.Default.WireEvents);
    }

    static Task Refuse(Call call, RunView view) => Conflict(call, view is ReplayedRun
        ? "This is the playback of a recorded run. To steer the run itself, stop the playback or fork the run."
        : "This server does not train this run, so you can watch it here but not steer it. Resume it first.");

    static Task Conflict(Call call, string error) => Reply.Problem(call.Http, StatusCodes.Status409Conflict, [error]);
}
