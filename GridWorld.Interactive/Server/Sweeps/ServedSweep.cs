using System.Globalization;

namespace GridWorld;

/// <summary>A sweep or an ensemble that the server shows, with what is read from it only now and then.</summary>
internal sealed class ServedSweep
{
    readonly Seldom<Stamp, (IReadOnlyList<TrialResult> Trials, IReadOnlyList<BestTrial> Best)> trials;
    readonly Seldom<Stamp, IReadOnlyList<StoredSeed>> seeds;
    readonly Seldom<Stamp, (double? Mean, ConfidenceInterval? Interval)> score;
    readonly Lock gate = new();
    (object From, string? Filter, string? Sort, IReadOnlyList<TrialResult> Rows)? selected;

    public ServedSweep(SweepView sweep) : this(sweep.Id, sweep.StorePath) => Sweep = sweep;

    public ServedSweep(EnsembleView ensemble) : this(ensemble.Id, ensemble.StorePath) => Ensemble = ensemble;

    ServedSweep(string id, string? path)
    {
        (Id, StorePath) = (id, path);
        trials = new(() => Sweep!.TrialResults() is var all ? (all, HigherIsBetter is null ? [] : Sweep.BestOf(all)) : default);
        seeds = new(() => Ensemble!.Stored());
        score = new(() => Curves().Select(s => s.Result).InterquartileReturn());
    }

    public string Id { get; }

    /// <summary>The file; null for an ensemble in memory.</summary>
    public string? StorePath { get; }

    /// <summary>The sweep; null if this is an ensemble.</summary>
    public SweepView? Sweep { get; }

    /// <summary>The ensemble; null if this is a sweep.</summary>
    public EnsembleView? Ensemble { get; }

    /// <summary>Whether this process trains it, or has trained it.</summary>
    public bool IsOfThisProcess => Sweep is SweepRun || Ensemble is GridWorld.Ensemble;

    /// <summary>The file of a sweep learns of a pause only with the next result, so the sweep itself is asked.</summary>
    public RunState State => Sweep is SweepRun run ? run.State : Sweep?.Status().State ?? Ensemble!.Status().State;

    /// <summary>Whether this process trains it at the moment.</summary>
    public bool IsInTraining => IsOfThisProcess && IsLive(State);

    /// <summary>Whether a greater objective is better; null if this process does not know the objective.</summary>
    public bool? HigherIsBetter
    {
        get
        {
            try
            {
                return SweepObjectives.Parse(Sweep!.Definition.Objective).HigherIsBetter;
            }
            catch (InputException)
            {
                return null;
            }
        }
    }

    public static bool IsLive(RunState state) => state is RunState.Training or RunState.Paused;

    /// <summary>All trials, and the best of each world and learner.</summary>
    public (IReadOnlyList<TrialResult> Trials, IReadOnlyList<BestTrial> Best) Trials()
    {
        var now = Sweep!.Status();
        return trials.At(Stamp.Of(now.State, now.Steps, now.Ended));
    }

    /// <summary>The trials that a filter lets through, in an order.</summary>
    /// <exception cref="InputException">The filter or the order is invalid.</exception>
    public IReadOnlyList<TrialResult> Select(string? filter, string? sort)
    {
        var all = Trials().Trials;
        lock (gate)
        {
            if (selected is { } last && ReferenceEquals(last.From, all) && last.Filter == filter && last.Sort == sort)
                return last.Rows;
        }

        var fields = TrialFields();
        IReadOnlyList<TrialResult> rows = [.. RowFilter.Sort(all.Where(RowFilter.Read(filter, fields, Words)), sort, fields)];
        lock (gate)
            selected = (all, filter, sort, rows);
        return rows;

        static string Words(TrialResult trial) => string.Create(CultureInfo.InvariantCulture,
            $"{trial.Number}\n{trial.World}\n{trial.Learner}\n{SeedTable.Word(trial.State)}\n{trial.Error}");
    }

    /// <summary>The seeds of the ensemble, or of a trial.</summary>
    /// <exception cref="InputException">There is no such trial.</exception>
    public IReadOnlyList<SeedResult> Seeds(long? trial) =>
        Ensemble is not null ? [.. Curves().Select(s => s.Result)] : Sweep!.Seeds(trial!.Value);

    /// <summary>The seeds of the ensemble with their curves.</summary>
    public IReadOnlyList<StoredSeed> Curves() => seeds.At(Stamp.Of(Ensemble!.Status()));

    /// <summary>The interquartile mean over the seeds of the ensemble of their last 100 returns, with its interval.</summary>
    public (double? Mean, ConfidenceInterval? Interval) Score() => score.At(Stamp.Of(Ensemble!.Status()));

    /// <summary>What the trials can be filtered and sorted by.</summary>
    public IReadOnlyList<RowField<TrialResult>> TrialFields() =>
    [
        new("trial", t => (double)t.Number), new("world", t => t.World), new("learner", t => t.Learner),
        .. SettingNames().Select(name => new RowField<TrialResult>(name,
            t => t.Settings.TryGetValue(name, out var value) ? value.Number ?? (object)value.ToString() : null)),
        new("objective", t => t.Objective), new("state", t => SeedTable.Word(t.State)), new("episodes", t => (double)t.Episodes),
        new("seeds", t => (double)SeedCountOf(t)), new("purpose", t => t.IsTest ? "test" : "tune"),
        new("same_as", t => (double?)t.SameAs), new("error", t => t.Error),
    ];

    /// <summary>The fixed and varied settings.</summary>
    public IEnumerable<string> SettingNames() =>
        Sweep!.Definition.Settings.Keys.Concat(Sweep.Definition.Space.Select(p => p.Name)).Distinct();

    public int SeedCountOf(TrialResult trial) => trial.IsTest ? Sweep!.Definition.TestSeeds : Sweep!.Definition.Seeds;

    /// <summary>Changes with everything that is read. A trial that has only begun is noticed by the time.</summary>
    readonly record struct Stamp(RunState State, long Steps, long Ended, long Second)
    {
        public static Stamp Of(EnsembleStatus now) => Of(now.State, now.Steps, now.Failed);

        public static Stamp Of(RunState state, long steps, long ended) =>
            new(state, steps, ended, IsLive(state) ? Environment.TickCount64 / 1000 : 0);
    }
}
