using Microsoft.AspNetCore.Http;

namespace GridWorld;

/// <summary>Forks a run at a past episode, whether the run trains here, trains elsewhere, or has ended.</summary>
internal sealed class ForkEndpoint(ServedRuns runs, ReplayTurn turn)
{
    public async Task Start(Call call)
    {
        var input = await JsonInput.ReadAsync(call.Http);
        var at = input.Integer("episode", 0, long.MaxValue);
        var parent = runs.Find(call.Argument).View;
        var changes = input.Changes(parent.Specification.Learner);
        var called = input.Text("name", RunOptions.LongestName);
        var episodes = input.Integer("episodes", 1, RunFactory.MostEpisodes);
        var (pace, paused) = (input.Number("steps_per_second"), input.Flag("paused") ?? false);
        input.Collect(() => Hyperparameter.Check(changes, parent.Specification.Learner)).Collect(() => parent.Rewind().Check(at ?? 0));
        input.Require(at is not null, "episode is required: the episode after which the fork starts, or 0 for untrained.").Done();

        var options = parent.OptionsOfFork with { Name = called, Pace = pace, StartPaused = paused };
        await turn.AnswerAsync(call.Http,
            stop => runs.Training.Start(() => runs.RegisterStarted(parent.Fork(at, changes, episodes, options, stop))), fork =>
        {
            call.Http.Response.StatusCode = StatusCodes.Status201Created;
            return Reply.Json(call.Http, WireStatus.Of(fork.Status(), canControl: true), WireJson.Default.WireStatus);
        });
    }
}
