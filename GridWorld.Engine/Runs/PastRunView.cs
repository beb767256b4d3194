namespace GridWorld;

/// <summary>A run as it was after an episode.</summary>
internal sealed class PastRunView : RunView
{
    readonly RunView present;
    readonly Func<RunStatus, RunStatus>? shownAs;
    readonly Rewind rewind;
    readonly AgentSnapshot agent;
    readonly Hyperparameters current;
    readonly SolutionMonitor solution;
    readonly Lock gate = new();
    EpisodeHistory? ownHistory;
    Diagnostics? health;

    /// <param name="present">The run.</param>
    /// <param name="rewind">The past of the run up to the episode.</param>
    /// <param name="runLoop">The run at the end of the episode or inside the next one.</param>
    /// <param name="solution">The monitor of the exact solution; null to create one.</param>
    /// <param name="shownAs">Returns the status to show; null for that of the run.</param>
    public PastRunView(RunView present, Rewind rewind, RunLoop runLoop, SolutionMonitor? solution = null,
        Func<RunStatus, RunStatus>? shownAs = null)
    {
        (this.present, this.rewind, this.shownAs) = (present, rewind, shownAs);
        (agent, current) = (runLoop.Snapshot(), runLoop.Loop.Current);
        this.solution = solution ?? new(Specification, () => agent, () => current.DiscountFactor, present.OptionsOfFork.Time);
    }

    /// <summary>The run that this is a moment of.</summary>
    public RunView Present => present;

    /// <summary>The episode.</summary>
    public long Episode => rewind.Episodes;

    /// <summary>Discount factor γ in force at the episode.</summary>
    public double DiscountFactor => current.DiscountFactor;

    /// <summary>The number of bytes in memory.</summary>
    public long Bytes => sizeof(double) * (agent.Q.Length + (long)agent.Visits.Length);

    public override string Id => present.Id;

    public override string Name => present.Name;

    public override RunSpecification Specification => present.Specification;

    public override ExactSolution? ExactSolution => solution.At(agent.Tables, agent.Step);

    public override ExactSolution? SolveExactly() => solution.Settle();

    public override RunStatus Status()
    {
        var then = (present.Status() with
        {
            Episodes = Episode,
            Steps = agent.Step,
            MeanReturnLast100 = History().MeanReturn(Specification.RecentEpisodes, Episode),
            // A moment of a replay is shown many times, without a checksum.
            QChecksum = shownAs is null ? RunStatus.Checksum(agent.Q.AsSpan()) : null,
            Settings = current,
            LastEventSeq = EventLog is [.., var last] ? last.Seq : 0,
            Message = null,
        }).Judged(SolutionAtHand, solution.WhyNot);
        return shownAs?.Invoke(then) ?? then;
    }

    public override IReadOnlyList<MetricBucket> MetricBuckets(long start, long end, int points) =>
        History().Returns(start, end, points, Episode);

    public override IReadOnlyList<MetricBucket> LengthBuckets(long start, long end, int points) =>
        History().Lengths(start, end, points, Episode);

    internal override EpisodeRecord[] RawEpisodes(long first, int count)
    {
        count = (int)Math.Clamp(Episode - Math.Max(first, 1) + 1, 0, count);
        EpisodeRecord[] rows = [.. present.RawEpisodes(first, count).Where(r => r.Episode <= Episode)];
        return rows.Length > 0 ? rows : [.. History().Records(first, count).Where(r => r.Episode <= Episode)];
    }

    public override IReadOnlyList<EpisodeRange> KeptEpisodes() =>
        [.. present.KeptEpisodes().Where(r => r.First <= Episode).Select(r => r with { Last = Math.Min(r.Last, Episode) })];

    public override IReadOnlyList<RunEvent> EventsAfter(long seq) => [.. present.EventsAfter(seq).Where(e => e.Episode <= Episode)];

    public override AgentSnapshot Agent() => agent;

    public override Diagnostics Diagnostics()
    {
        lock (gate)
        {
            if (health is { } now)
                return now;
        }

        // The diagnostics as they were during training.
        var then = present.Diagnosis.Of(agent, Status() with { State = RunState.Training }, History());
        lock (gate)
            health = then;
        return then;
    }

    public override IReadOnlyList<CheckpointInfo> CheckpointList => [.. present.CheckpointList.Where(c => c.Episode <= Episode)];

    internal override (long Steps, double? Seconds)[] Reached(IReadOnlyList<long> episodes)
    {
        if (present.History().Reaches(Episode))
            return present.Reached(episodes);
        var before = present.Reached([.. episodes.Where(e => e < Episode)]);
        return [.. before, .. episodes.Skip(before.Length).Select(_ => (agent.Step, (double?)null))];
    }

    internal override Rewind Rewind() => rewind;

    internal override TrainingClock Clock() => present.Clock();

    internal override Diagnosis Diagnosis => present.Diagnosis;

    internal override RunOptions OptionsOfFork => present.OptionsOfFork;

    internal override string? StorePath => present.StorePath;

    /// <summary>The history of the run if it still has all rows of that moment; otherwise a copy with replayed rows.</summary>
    internal override EpisodeHistory History()
    {
        if (present.History() is var history && history.Reaches(Episode))
            return history;
        lock (gate)
            return ownHistory ??= rewind.HistoryAt(Episode, history, OptionsOfFork);
    }
}
