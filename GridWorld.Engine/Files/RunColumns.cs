namespace GridWorld;

/// <summary>The columns from which the facts, comparisons and lists of runs are made.</summary>
internal static class RunColumns
{
    /// <summary>Columns for a single run and for a comparison.</summary>
    public static readonly Column<RunMoment>[] All =
    [
        Of("run_id", r => r.Status.Id),
        Of("name", r => r.Status.Name),
        Of("parent_run_id", r => r.Status.ParentRunId),
        Of("parent_episode", r => r.Status.ParentEpisode),
        Of("state", r => Word(r.Status.State)),
        Of("world", r => r.View.World.Name),
        Of("world_hash", r => r.View.World.Hash),
        Of("learner", r => r.View.Specification.Learner.Name),
        Of("seed", r => r.View.Specification.Seed),
        Of("episodes", r => r.Status.Episodes),
        Of("target_episodes", r => r.Status.TargetEpisodes),
        Of("steps", r => r.Status.Steps),
        Of("steps_per_second", r => r.Status.StepsPerSecond),
        Of("max_steps", r => r.View.Specification.StepLimit),
        Setting("learning_rate"),
        Setting("discount_factor"),
        Setting("epsilon"),
        Of("mean_return_last_100", r => r.Status.MeanReturnLast100),
        Of("greedy_value", r => r.Status.GreedyValue),
        Of("optimal_value", r => r.Status.OptimalValue),
        Of("optimal_return", r => r.Status.OptimalReturn),
        Of("optimal_action_share", r => r.Status.OptimalActionShare),
        Of("truth_message", r => r.Status.TruthMessage),
        Of("q_checksum", r => r.Status.QChecksum),
        Of("events", r => r.View.EventLog.Count),
        Of("checkpoints", r => r.View.CheckpointList.Count),
        Of("message", r => r.Status.Message),
    ];

    /// <summary>Columns for a list of the runs of a store.</summary>
    public static readonly Column<RunSummary>[] Listed =
    [
        Listing("run_id", r => r.Id),
        Listing("name", r => r.Name),
        Listing("state", r => Word(r.State)),
        Listing("episodes", r => r.Episodes),
        Listing("target_episodes", r => r.TargetEpisodes),
        Listing("steps", r => r.Steps),
        Listing("world", r => r.World),
        Listing("learner", r => r.Learner),
        Listing("created", r => r.Created),
        Listing("mean_return_last_100", r => r.MeanReturnLast100),
        Listing("parent_run_id", r => r.ParentRunId),
        Listing("parent_episode", r => r.ParentEpisode),
        Listing("error", r => r.Error),
        Listing("newer_run_id", r => r.NewerRunId),
        Listing("world_hash", r => r.Settings?.World),
    ];

    /// <summary>The columns with the given names, in table order.</summary>
    public static Column<TRow>[] Only<TRow>(this Column<TRow>[] columns, params string[] names) =>
        Array.FindAll(columns, c => names.Contains(c.Name));

    /// <summary>The columns without the given names, in table order.</summary>
    public static Column<TRow>[] Without<TRow>(this Column<TRow>[] columns, params string[] names) =>
        Array.FindAll(columns, c => !names.Contains(c.Name));

    public static string Word(RunState state) => state.ToString().ToLowerInvariant();

    static Column<RunMoment, T> Of<T>(string name, Func<RunMoment, T> read) => new(name, read);

    static Column<RunMoment, double> Setting(string name) => new(name, r => r.Status.Settings[name]);

    static Column<RunSummary, T> Listing<T>(string name, Func<RunSummary, T> read) => new(name, read);
}
