namespace GridWorld;

/// <summary>
/// One seed in training, with what is kept of it: its curve, its last returns and its sums. One thread at a time may use it.
/// </summary>
internal sealed class SeedTraining
{
    const int SliceSteps = 1 << 18;

    [ThreadStatic]
    static EpisodeBuffer? rows;

    readonly RunSpecification specification;
    readonly RunLoop runLoop;
    readonly LastReturns last = new();
    readonly StepsToThreshold? threshold;
    readonly List<EpisodeRecord>? records;
    int applied;
    SeedResult? final;

    /// <param name="specification">The run.</param>
    /// <param name="mdp">Its compiled world.</param>
    /// <param name="threshold">The mean return whose first time is wanted; null for none.</param>
    /// <param name="keepsRecords">Whether to keep every episode.</param>
    public SeedTraining(RunSpecification specification, Mdp mdp, double? threshold = null, bool keepsRecords = false)
    {
        this.specification = specification;
        runLoop = new(specification, mdp);
        this.threshold = threshold is { } value ? new(value) : null;
        records = keepsRecords ? [] : null;
    }

    public ulong Seed => specification.Seed;

    public long Episodes => runLoop.Loop.Episodes;

    public long Steps => runLoop.Loop.Steps;

    /// <summary>The first boundary that it has not passed: the end of the current episode.</summary>
    public long Boundary => Episodes + (runLoop.Loop.InEpisode ? 1 : 0);

    public SeedCurve Curve { get; } = new();

    /// <summary>The returns of all episodes, added up in their order.</summary>
    public double TotalReturn { get; private set; }

    /// <summary>Why it cannot go on; null if it can.</summary>
    public string? Fault { get; private set; }

    public TrainingLoop Loop => runLoop.Loop;

    /// <summary>Number of steps until the threshold was reached; null if it was not, or if there is none.</summary>
    public long? StepsToThreshold => threshold?.Steps;

    /// <summary>Every episode, if they are kept.</summary>
    public IReadOnlyList<EpisodeRecord> Records => records ?? [];

    /// <summary>Trains to the end of an episode.</summary>
    /// <param name="episode">Number of episodes to have ended then.</param>
    /// <param name="changes">All changes of hyperparameters, by episode; only ever added to.</param>
    /// <param name="isInterrupted">Asked every few milliseconds. If true, this returns, possibly during an episode.</param>
    /// <param name="mostSteps">Number of steps after which it returns, even during an episode.</param>
    public void AdvanceTo(long episode, IReadOnlyList<RunEvent> changes, Func<bool> isInterrupted, long mostSteps = long.MaxValue)
    {
        rows ??= new(EpisodeBuffer.Rows);
        final = Episodes < episode ? null : final;
        while (Fault is null && Episodes < episode && Steps < mostSteps && !isInterrupted())
        {
            Apply(changes);
            long until = applied < changes.Count ? Math.Min(episode, changes[applied].Episode) : episode;
            rows.Clear();
            try
            {
                runLoop.Advance(Math.Min(SliceSteps, mostSteps - Steps), until - Episodes, rows);
            }
            catch (Exception e)
            {
                // It ends this seed only. A learner written elsewhere may throw anything.
                Fault = specification.Learner.IsForeign ? ForeignFault.Words(e, "") : e.Message;
            }

            Count(rows);
            if (runLoop.Loop.IsNonFinite)
                Fault = RunLoopFault.NonFinite(runLoop.Loop, specification.World, isKept: false);
        }

        Apply(changes);
    }

    /// <summary>The result so far; after <see cref="Finish"/>, the final one.</summary>
    public SeedResult Result => final ?? new(Seed, Fault is null ? TrialState.Running : TrialState.Failed, Episodes, Steps, TotalReturn,
        last.Mean, null, null, null, null, Fault);

    /// <summary>Completes the result after the last episode.</summary>
    /// <param name="isJudged">Whether to compute the exact value of the greedy policy, in a world that is solved in an instant.</param>
    public SeedResult Finish(bool isJudged)
    {
        if (Fault is not null)
            return Result;
        var q = runLoop.Loop.Values.Values;
        return final = Result with
        {
            State = TrialState.Done, QChecksum = RunStatus.Checksum(q), Hash = runLoop.Loop.Hash(),
            GreedyValue = isJudged
                ? SolvedPlan.GreedyValue(runLoop.Mdp, q, runLoop.Loop.Current.DiscountFactor, specification.StepLimit) : null,
        };
    }

    /// <summary>The state, from which training continues bit for bit; only between episodes.</summary>
    public IReadOnlyList<StateSection> Save()
    {
        var state = new StateWriter();
        runLoop.Loop.Save(state);
        Curve.Save(state);
        last.Save(state);
        threshold?.Save(state);
        state.Write("total", TotalReturn);
        return state.Sections;
    }

    /// <exception cref="InputException">The state is damaged, or is that of another specification.</exception>
    public void Load(IReadOnlyList<StateSection> sections, IReadOnlyList<RunEvent> changes)
    {
        runLoop.Load(new(0, 0, 0, sections), []);
        var state = new StateReader(sections);
        Curve.Load(state);
        last.Load(state);
        threshold?.Load(state);
        TotalReturn = state.ReadOne<double>("total");
        applied = 0;
        Apply(changes);
    }

    void Apply(IReadOnlyList<RunEvent> changes)
    {
        for (; applied < changes.Count && changes[applied].Episode <= Episodes && !runLoop.Loop.InEpisode; applied++)
            runLoop.Apply(changes[applied]);
    }

    void Count(EpisodeBuffer ended)
    {
        long first = Episodes - ended.Count + 1;
        for (int row = 0; row < ended.Count; row++)
        {
            records?.Add(ended.Record(first, row));
            double sum = ended.Returns[row];
            TotalReturn += sum;
            Curve.Add(sum, ended.Lengths[row]);
            double left = last.Add(sum);
            threshold?.Add(last, sum, left, ended.Lengths[row]);
        }
    }
}
