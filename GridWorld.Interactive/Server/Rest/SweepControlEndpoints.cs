using Microsoft.AspNetCore.Http;

namespace GridWorld;

/// <summary>The commands to sweeps and ensembles.</summary>
internal sealed class SweepControlEndpoints(ServedRuns runs)
{
    /// <exception cref="UnknownRunException">There is none with this id.</exception>
    public static ServedSweep Find(ServedSweeps sweeps, Call call) => sweeps.TryFind(call.Argument)
        ?? throw new UnknownRunException("There is no such sweep or ensemble. GET api/sweeps lists them.");

    public static bool CanControl(ServedSweep sweep, RunState state, Call call) =>
        call.Scope == Scope.Control && sweep.IsOfThisProcess && ServedSweep.IsLive(state);

    /// <summary>Whether it is stored, has not come to its end, and no process trains it.</summary>
    public static bool CanResume(ServedSweep sweep, RunState state, Call call) => call.Scope == Scope.Control && sweep.StorePath is not null
        && state is RunState.Stopped or RunState.Interrupted or RunState.Failed;

    public Task Pause(Call call) => Steer(call, sweep => sweep.Pause(), ensemble => ensemble.Pause());

    /// <summary>Ends a pause, or resumes a stored sweep that was stopped or interrupted in this process.</summary>
    public Task Resume(Call call) => Steer(call, sweep => sweep.Resume(), ensemble => ensemble.Resume(), isResume: true);

    public Task Stop(Call call) => Steer(call, sweep => sweep.Stop(), ensemble => ensemble.Stop());

    async Task Steer(Call call, Action<SweepRun> toSweep, Action<Ensemble> toEnsemble, bool isResume = false)
    {
        (await JsonInput.ReadAsync(call.Http)).Done();
        var sweep = Find(runs.Sweeps, call);
        var state = sweep.State;
        var name = sweep.Ensemble is null ? "sweep" : "ensemble";
        if (isResume && CanResume(sweep, state, call))
            sweep = runs.Training.Start(() => runs.Sweeps.TakeUp(sweep));
        else if (!ServedSweep.IsLive(state))
        {
            await Reply.Problem(call.Http, StatusCodes.Status409Conflict, [$"This {name} has ended."]);
            return;
        }
        else if (sweep.Sweep is SweepRun run)
            toSweep(run);
        else if (sweep.Ensemble is Ensemble ensemble)
            toEnsemble(ensemble);
        else
        {
            await Reply.Problem(call.Http, StatusCodes.Status409Conflict,
                [$"Another process trains this {name}, so you can watch it here but not steer it."]);
            return;
        }

        await SweepStatusReply.SendAsync(call, sweep, runs);
    }
}
