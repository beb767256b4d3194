using Microsoft.AspNetCore.Http;

namespace GridWorld;

/// <summary>Starts the playback of a recorded run in place of the run itself, or changes its speed or position.</summary>
internal sealed class RecordedSessionEndpoint(ServedRuns runs)
{
    public async Task Show(Call call)
    {
        var input = await JsonInput.ReadAsync(call.Http);
        var (speed, over, episode) = (input.Number("speed"), input.Number("over_seconds"), input.Integer("episode", 0, long.MaxValue));
        input.Require(speed is null || over is null, "Give speed or over_seconds, not both.")
            .Require(over is null or (> 0 and <= 86_400), $"over_seconds must be above 0 and at most 86400 (got {over}).").Done();
        var shown = runs.Find(call.Argument).View;
        if (shown is Run { State: RunState.Training or RunState.Paused })
        {
            await Reply.Problem(call.Http, StatusCodes.Status409Conflict,
                ["This run is being trained here and shown live. To play it back from the beginning, stop it first."]);
            return;
        }

        var replay = shown as ReplayedRun ?? shown.Replay();
        if (speed is { } chosen)
            replay.Speed = chosen;
        if (over is { } seconds)
            replay.ShowOver(TimeSpan.FromSeconds(seconds));
        if (episode is { } start)
            replay.Seek(start);
        runs.Register(replay);
        await Reply.Json(call.Http, WireStatus.Of(replay.Status(), canControl: false, canReplay: true), WireJson.Default.WireStatus);
    }
}
