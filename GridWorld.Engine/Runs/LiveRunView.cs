namespace GridWorld;

/// <summary>A run that this process trains, or has trained.</summary>
internal sealed class LiveRunView : RunView
{
    static readonly TimeSpan CopyInterval = TimeSpan.FromMilliseconds(100);
    readonly Lock gate = new();
    readonly Run run;
    readonly Trainer trainer;
    readonly Mdp mdp;
    readonly Diagnosis diagnosis;
    readonly TruthMonitor truth;
    AgentSnapshot? agent;
    long agentTaken;
    Diagnostics? diagnostics;

    public LiveRunView(Run run, Trainer trainer, Mdp mdp)
    {
        (this.run, this.trainer, this.mdp) = (run, trainer, mdp);
        diagnosis = new(trainer.Specification, mdp);
        truth = new(trainer.Specification, mdp, Agent, () => trainer.Progress.Current.DiscountFactor, trainer.Options.Time);
    }

    public override string Id => trainer.Id;

    public override string Name => run.Name;

    public override RunSpecification Specification => trainer.Specification;

    public override Run? Run => run;

    public override Truth? Truth => truth.At(trainer.Progress.Step);

    public override Truth? SettleTruth() => truth.Settle();

    public override RunStatus Status()
    {
        var (state, progress) = (trainer.State, trainer.Progress);
        bool ended = state is RunState.Completed or RunState.Stopped;
        return new RunStatus
        {
            RunId = Id,
            Name = Name,
            ParentRunId = run.Parent?.RunId,
            ParentEpisode = run.Parent?.Episode,
            State = state,
            Episodes = progress.Episode,
            TargetEpisodes = trainer.Target,
            Steps = progress.Step,
            StepsPerSecond = trainer.StepsPerSecond,
            MeanReturnLast100 = trainer.History.MeanReturn(100),
            QChecksum = ended ? RunStatus.Checksum(Agent().Q) : null,
            Epsilon = progress.Current.Epsilon,
            LearningRate = progress.Current.LearningRate,
            DiscountFactor = progress.Current.DiscountFactor,
            Pace = trainer.Pace,
            LastEventSeq = trainer.Log.LastSeq,
            Message = trainer.Error,
        }.Judged(Truth, truth.WhyNot);
    }

    public override MetricBucket[] Metrics(long start, long end, int points) => trainer.History.Returns(start, end, points);

    public override MetricBucket[] Lengths(long start, long end, int points) => trainer.History.Lengths(start, end, points);

    public override EpisodeRecord[] Episodes(long first, int count) => trainer.History.Records(first, count);

    public override IReadOnlyList<EpisodeRange> KeptEpisodes() => trainer.History is var history && history.Episodes >= history.OldestRaw ? [new(history.OldestRaw, history.Episodes)] : [];

    public override IReadOnlyList<RunEvent> Events(long afterSeq = 0) => trainer.Log.After(afterSeq);

    public override AgentSnapshot Agent()
    {
        lock (gate)
        {
            bool current = agent is not null && agent.Steps == trainer.Progress.Step;
            bool fresh = agent is not null && trainer.Options.Time.GetElapsedTime(agentTaken) < CopyInterval && trainer.State == RunState.Training;
            if (!current && !fresh)
            {
                agent = trainer.Snapshot();
                agentTaken = trainer.Options.Time.GetTimestamp();
            }

            return agent!;
        }
    }

    internal override AgentRow Row(int? state) => trainer.Row(state);

    public override Diagnostics Diagnostics() => DiagnosticsOf(Agent());

    internal override (AgentSnapshot Agent, Diagnostics Diagnostics) Look()
    {
        var copy = Agent();
        return (copy, DiagnosticsOf(copy));
    }

    Diagnostics DiagnosticsOf(AgentSnapshot copy)
    {
        lock (gate)
        {
            if (diagnostics?.Episode == copy.Episode && trainer.State != RunState.Failed)
                return diagnostics;
        }

        var now = diagnosis.Of(copy, Status(), trainer.History);
        lock (gate)
            return diagnostics = now;
    }

    public override IReadOnlyList<CheckpointInfo> Checkpoints() => trainer.Checkpoints;

    internal override Rewind Rewind()
    {
        // Before the events: a change is committed before the episode ends at which it takes effect.
        long episodes = trainer.Progress.Episode;
        return new(Specification, mdp, trainer.Log.All, episodes, trainer.Nearest);
    }

    internal override Diagnosis Diagnosis => diagnosis;

    internal override EpisodeHistory History() => trainer.History;

    internal override TrainingClock Clock() => trainer.Clock;

    internal override RunOptions OptionsOfFork => KeptOptions.Of(trainer.Options).Apply(null) with { Store = trainer.Options.Store, OnDisk = trainer.Options.OnDisk, Time = trainer.Options.Time };

    internal override string? StorePath => trainer.StorePath;

    internal override (long Steps, double? Seconds)[] Reached(IReadOnlyList<long> episodes) =>
        [.. episodes.Select(episode => (trainer.History.StepsThrough(episode), trainer.Clock.At(episode)))];
}
