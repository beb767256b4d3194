using Microsoft.Extensions.Logging;

namespace GridWorld;

/// <summary>The texts, ids and levels of the logs. An id is never reused.</summary>
internal static partial class RunMessages
{
    public static void Write(ILogger log, RunEvent e, RunSpecification run)
    {
        switch (e.Kind)
        {
            case RunEventKind.RunStarted: Started(log, e.RunId, run.Learner.Name, run.World.Name, run.Seed, run.Episodes); break;
            case RunEventKind.Forked: Forked(log, e.RunId, e.Message); break;
            case RunEventKind.RunResumed: TakenUp(log, e.RunId, e.Episode); break;
            case RunEventKind.RunInterrupted: Interrupted(log, e.RunId, e.Episode); break;
            case RunEventKind.ParamChange: ParamChange(log, e.RunId, e.Param, e.OldValue, e.NewValue, e.Episode); break;
            case RunEventKind.RewardChange: RewardChange(log, e.RunId, e.Param, e.OldValue, e.NewValue, e.Episode); break;
            case RunEventKind.Checkpoint: Checkpoint(log, e.RunId, e.Message, e.Episode); break;
            case RunEventKind.Paused: Paused(log, e.RunId, e.Episode); break;
            case RunEventKind.Resumed: Resumed(log, e.RunId, e.Episode); break;
            case RunEventKind.Continued: Continued(log, e.RunId, e.NewValue, e.Episode); break;
            case RunEventKind.Stopped: Stopped(log, e.RunId, e.Episode); break;
            case RunEventKind.Completed: Completed(log, e.RunId, e.Episode); break;
            case RunEventKind.TrainingError: TrainingError(log, e.RunId, e.Episode, e.Message); break;
            case RunEventKind.StoreError: StoreError(log, e.RunId, e.Episode, e.Message); break;
            case RunEventKind.StoreRecovered: StoreRecovered(log, e.RunId, e.Episode); break;
        }
    }

    [LoggerMessage(101, LogLevel.Information,
        "Run {RunId} started: {Learner} in {World}, seed {Seed}, {Episodes} episodes.", EventName = "run_started")]
    static partial void Started(ILogger log, string runId, string learner, string world, ulong seed, long? episodes);

    [LoggerMessage(102, LogLevel.Information, "Run {RunId} was forked {Origin}.", EventName = "forked")]
    static partial void Forked(ILogger log, string runId, string? origin);

    [LoggerMessage(103, LogLevel.Information, "Run {RunId} was resumed after episode {Episode}.", EventName = "run_resumed")]
    static partial void TakenUp(ILogger log, string runId, long episode);

    [LoggerMessage(104, LogLevel.Warning,
        "Run {RunId} was interrupted; its last checkpoint is after episode {Episode}.", EventName = "run_interrupted")]
    static partial void Interrupted(ILogger log, string runId, long episode);

    [LoggerMessage(105, LogLevel.Information,
        "Run {RunId}: {Param} changed from {OldValue} to {NewValue} after episode {Episode}.", EventName = "param_change")]
    static partial void ParamChange(ILogger log, string runId, string? param, string? oldValue, string? newValue, long episode);

    [LoggerMessage(115, LogLevel.Information,
        "Run {RunId}: {Param} changed from {OldValue} to {NewValue} after episode {Episode}.", EventName = "reward_change")]
    static partial void RewardChange(ILogger log, string runId, string? param, string? oldValue, string? newValue, long episode);

    [LoggerMessage(106, LogLevel.Information,
        "Run {RunId}: checkpoint {Checkpoint} after episode {Episode}.", EventName = "checkpoint")]
    static partial void Checkpoint(ILogger log, string runId, string? checkpoint, long episode);

    [LoggerMessage(107, LogLevel.Information, "Run {RunId} was paused during or after episode {Episode}.", EventName = "paused")]
    static partial void Paused(ILogger log, string runId, long episode);

    [LoggerMessage(108, LogLevel.Information, "Run {RunId} resumed training after episode {Episode}.", EventName = "resumed")]
    static partial void Resumed(ILogger log, string runId, long episode);

    [LoggerMessage(109, LogLevel.Information,
        "Run {RunId} was continued to {Episodes} episodes after episode {Episode}.", EventName = "continued")]
    static partial void Continued(ILogger log, string runId, string? episodes, long episode);

    [LoggerMessage(110, LogLevel.Information, "Run {RunId} was stopped after episode {Episode}.", EventName = "stopped")]
    static partial void Stopped(ILogger log, string runId, long episode);

    [LoggerMessage(111, LogLevel.Information, "Run {RunId} completed after episode {Episode}.", EventName = "completed")]
    static partial void Completed(ILogger log, string runId, long episode);

    [LoggerMessage(112, LogLevel.Error, "Run {RunId} failed after episode {Episode}: {Message}", EventName = "training_error")]
    static partial void TrainingError(ILogger log, string runId, long episode, string? message);

    [LoggerMessage(113, LogLevel.Error,
        "Run {RunId} continues without its file after episode {Episode}: {Message}", EventName = "store_error")]
    static partial void StoreError(ILogger log, string runId, long episode, string? message);

    [LoggerMessage(114, LogLevel.Information,
        "Run {RunId}: its file can be written again, and contains the complete run after episode {Episode}.",
        EventName = "store_recovered")]
    static partial void StoreRecovered(ILogger log, string runId, long episode);

    [LoggerMessage(201, LogLevel.Information, "The live server listens on port {Port} of 127.0.0.1.", EventName = "server_started")]
    public static partial void ServerStarted(ILogger log, int port);

    [LoggerMessage(202, LogLevel.Information, "The live server on port {Port} stopped.", EventName = "server_stopped")]
    public static partial void ServerStopped(ILogger log, int port);

    [LoggerMessage(203, LogLevel.Warning, "The live server refused a request with status {Status}.", EventName = "request_refused")]
    public static partial void RequestRefused(ILogger log, int status);

    [LoggerMessage(204, LogLevel.Error, "A request to the live server failed.", EventName = "request_failed")]
    public static partial void RequestFailed(ILogger log, Exception failure);
}
