using System.Text.Json.Serialization;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

#pragma warning disable CS1573 // Only members whose names do not say it have words.

namespace GridWorld;

/// <summary>A run's status, and the commands that the caller may use.</summary>
/// <param name="NewerRunId">The newest run with this name, if that is another run.</param>
/// <param name="ParentRunId">The run it was forked from; null if it is not a fork.</param>
/// <param name="ParentEpisode">The episode after which it was forked.</param>
/// <param name="Proper">Whether the greedy policy ends with probability 1; null while unknown.</param>
/// <param name="TruthMessage">Why there is no optimum; absent if there is one, or if it is not computed yet.</param>
/// <param name="Settings">The hyperparameters in force, by name.</param>
/// <param name="Pace">The limit in steps per second; null for unlimited.</param>
/// <param name="CanResume">Whether this server can resume the run, which is stored and was interrupted.</param>
/// <param name="CanContinue">Whether this server can add episodes: the run has ended, or is stored and not being trained.</param>
/// <param name="Replay">The playback of a recorded run; absent if the run itself is shown.</param>
internal sealed record WireStatus(string RunId, string SessionId, string Name,
    [property: JsonIgnore(Condition = WhenWritingNull)] string? NewerRunId,
    string? ParentRunId, long? ParentEpisode, RunState State, long Episodes, long? TargetEpisodes, long Steps, double StepsPerSecond,
    [property: JsonPropertyName("mean_return_last_100")] double? MeanReturnLast100, double? GreedyValue, double? OptimalValue,
    double? OptimalReturn, double? OptimalActionShare, long? TruthEpisode, bool? Proper,
    [property: JsonIgnore(Condition = WhenWritingNull)] string? TruthMessage, double? QChecksum, double Epsilon, double LearningRate,
    double DiscountFactor, IReadOnlyDictionary<string, double> Settings,
    [property: JsonNumberHandling(JsonNumberHandling.Strict)] double? Pace, long LastEventSeq, string? Message,
    bool CanControl, bool CanResume, bool CanContinue,
    [property: JsonIgnore(Condition = WhenWritingNull)] WireReplay? Replay)
{
    /// <summary>Creates the status of a run of the server, for a caller who may view or control it.</summary>
    public static WireStatus Of(WatchedRun run, RunStatus status, bool mayControl, string? newerRunId = null) => Of(status,
        mayControl && run.View is Run, mayControl && run.CanResume(status.State), mayControl
        && run.CanContinue(status.State), mayControl) with
    { NewerRunId = newerRunId };

    public static WireStatus Of(RunStatus run, bool canControl, bool canResume = false, bool canContinue = false, bool canReplay = false) =>
        new(run.Id, run.Id, WireText.Name(run.Name), null, WireText.Name(run.ParentRunId), run.ParentEpisode, run.State, run.Episodes,
            run.TargetEpisodes, run.Steps, run.StepsPerSecond, run.MeanReturnLast100, run.GreedyValue, run.OptimalValue, run.OptimalReturn,
            run.OptimalActionShare, run.TruthEpisode, run.IsProper, WireText.Long(run.TruthMessage), run.QChecksum, run.Settings.Epsilon,
            run.Settings.LearningRate, run.Settings.DiscountFactor, run.Settings.ToDictionary(), run.Pace, run.LastEventSeq,
            WireText.Long(run.Message), canControl, canResume,
            canContinue || (canControl && run.State is RunState.Completed or RunState.Stopped),
            run.Replay is { } r ? new(r.Speed, r.Seconds, r.Duration, r.IsPaused, canReplay) : null);
}

/// <summary>The position of a playback.</summary>
/// <param name="Speed">Seconds of training per second.</param>
/// <param name="Seconds">Seconds of training shown.</param>
/// <param name="Duration">Seconds of training in all.</param>
[JsonNumberHandling(JsonNumberHandling.Strict)]
internal sealed record WireReplay(double Speed, double Seconds, double Duration, bool Paused, bool CanControl);

/// <summary>A stored run in a list.</summary>
/// <param name="Error">Why its file cannot be read.</param>
internal sealed record WireStored(string RunId, string SessionId, string Name, string? NewerRunId, string? ParentRunId, long? ParentEpisode,
    RunState State,
    long Episodes, long? TargetEpisodes, long Steps, string World, string Learner, DateTimeOffset Created,
    [property: JsonPropertyName("mean_return_last_100")] double? MeanReturnLast100, string? Message,
    [property: JsonIgnore(Condition = WhenWritingNull)] string? Error, bool CanControl, bool CanResume, bool CanContinue)
{
    public static WireStored Of(RunSummary run, bool canControl) => new(run.Id, run.Id, WireText.Name(run.Name), run.NewerRunId,
        WireText.Name(run.ParentRunId), run.ParentEpisode, run.State, run.Episodes, run.TargetEpisodes, run.Steps, WireText.Name(run.World),
        WireText.Name(run.Learner), run.Created, run.MeanReturnLast100, WireText.Long(run.Error), WireText.Long(run.Error),
        CanControl: false,
        CanResume: canControl && run is { Error: null, State: RunState.Interrupted },
        CanContinue: canControl && run is { Error: null, State: not (RunState.Training or RunState.Paused) });
}

/// <summary>The initial settings of a run.</summary>
/// <param name="Seed">As text, because it can exceed JavaScript's integers.</param>
/// <param name="Learner">Its name and all its options.</param>
internal sealed record WireSettings(string SessionId, string World, string Seed, int StepLimit, RawJson Learner);

/// <summary>A checkpoint. Automatic checkpoints have no name, and only the newest of them can be resumed.</summary>
internal sealed record WireCheckpoint(long Episode, long Step, string? Name, DateTimeOffset Timestamp);

internal sealed record WireCheckpoints(string SessionId, IEnumerable<WireCheckpoint> Checkpoints);

/// <summary>What a new run can be made of.</summary>
internal sealed record WireCatalog(IEnumerable<WireCatalogWorld> Worlds, IEnumerable<WireLearner> Learners)
{
    public static WireCatalog Now => new(
        GridWorld.Worlds.Catalog.Select(w => new WireCatalogWorld(w.Example, w.Description)),
        LearnerCatalog.BuiltIn.Select(l => new WireLearner(l.Name, l.Title, WireLearnerSetting.Of(l.Create(), o => o.Settings))));
}

/// <summary>A world of the catalog; the name of a family is that of one of its worlds.</summary>
internal sealed record WireCatalogWorld(string Name, string Description);

/// <summary>A learner or planner with all its settings.</summary>
internal sealed record WireLearner(string Name, string Title, IEnumerable<WireLearnerSetting> Settings);

/// <summary>A setting of a learner.</summary>
/// <param name="Range">The allowed values in words.</param>
/// <param name="Default">Its value if none is given, as text.</param>
/// <param name="Choices">The values of a choice; empty for a number.</param>
internal sealed record WireLearnerSetting(string Name, string Title, string Doc, string Range, string Default,
    IReadOnlyList<string> Choices)
{
    public static IEnumerable<WireLearnerSetting> Of(LearnerOptions learner,
        Func<LearnerOptions, IEnumerable<LearnerSetting>> settings) =>
        settings(learner).Select(s => new WireLearnerSetting(s.Name, s.Title, s.Doc, s.Range, s.ToJson(learner).Trim('"'),
            s is ChoiceSetting choice ? choice.Choices : []));
}

/// <summary>The warnings for a run that could be started.</summary>
internal sealed record WireWarnings(IReadOnlyList<string> Warnings);
