using System.Globalization;

namespace GridWorld;

/// <summary>
/// The same run from many seeds: trained here (<see cref="Ensemble"/>), trained by another process, or ended. Every seed uses the same
/// world, learner and changes.
/// </summary>
public abstract class EnsembleView
{
    readonly Lazy<Mdp> compiled;

    private protected EnsembleView(EnsembleHeader header) => (Header, compiled) = (header, new(header.Specification.World.Compile));

    internal EnsembleHeader Header { get; }

    internal Mdp Mdp => compiled.Value;

    /// <summary>The id, which is unique in a store.</summary>
    public string Id => Header.Id;

    /// <summary>The display name.</summary>
    public string Name => Header.Name;

    /// <summary>World, learner, first seed, episodes and step limit.</summary>
    public RunSpecification Specification => Header.Specification;

    /// <summary>Number of seeds, from the specification's seed on.</summary>
    public int SeedCount => Header.Seeds;

    /// <summary>The path of the file; null if the ensemble is kept in memory.</summary>
    public abstract string? StorePath { get; }

    /// <summary>How it stands.</summary>
    public abstract EnsembleStatus Status();

    /// <summary>The results of all seeds so far, in the order of the seeds.</summary>
    public abstract IReadOnlyList<SeedResult> Seeds { get; }

    /// <summary>The changes of hyperparameters. Each took effect in every seed after the same episode.</summary>
    public abstract IReadOnlyList<RunEvent> Changes { get; }

    /// <summary>
    /// The exact optimal discounted value at the start, for the discount factor in force. Solves the world if it is not solved yet.
    /// </summary>
    /// <returns>Null if the discount factor changes during training, or if the world has no finite value with it or is too large for the
    /// memory.</returns>
    public double? OptimalValue()
    {
        var options = Changes.Aggregate(Specification.Learner, RunLoop.With);
        if (Hyperparameter.Find("discount_factor", options)?.Get(options) is not ConstantSchedule discount)
            return null;
        try
        {
            return KnownPlans.Of(Mdp, discount.First, Specification.StepLimit).Plan.StartValue;
        }
        catch (InputException)
        {
            return null;
        }
    }

    /// <summary>The learning curve of one seed, in at most 256 points of equally many episodes.</summary>
    /// <exception cref="InputException">The ensemble has no such seed.</exception>
    public IReadOnlyList<SeedPoint> SeedCurve(ulong seed) =>
        Stored().FirstOrDefault(s => s.Result.Seed == seed) is { } found ? [.. found.Curve.Points(found.Curve.Width, long.MaxValue)]
        : throw NoSeed(seed);

    /// <summary>The learning curve: at each point the mean return over all seeds, with its 95 % bootstrap interval.</summary>
    /// <param name="points">The most points, from 1 to 256. Default 200.</param>
    /// <param name="axis">Episodes (the default) or steps; compare learners with episodes of different lengths at equal steps.</param>
    /// <exception cref="InputException">The number of points is out of range.</exception>
    public IReadOnlyList<EnsemblePoint> Curve(int points = 200, CurveAxis axis = CurveAxis.Episodes)
    {
        new Faults().Require(points is >= 1 and <= GridWorld.SeedCurve.Most,
            $"The number of points must be between 1 and {GridWorld.SeedCurve.Most} (got {points}).")
            .ThrowIfAny();
        return EnsembleCurve.Of(Stored(), axis, points);
    }

    /// <summary>
    /// The score of every seed that did not fail, with what it was trained on, for a comparison (<see cref="ScoreComparison.Of"/>).
    /// </summary>
    /// <param name="label">The name in sentences. Default: the ensemble's name.</param>
    /// <exception cref="InputException">No seed has ended an episode.</exception>
    public ComparedScores Scores(string? label = null)
    {
        var scored = Seeds.Where(s => s.State != TrialState.Failed && s.MeanReturnLast100 is { } mean && double.IsFinite(mean)).ToList();
        if (scored.Count == 0)
            throw new InputException($"No seed of {Id} has ended an episode. Wait for it: await ensemble.");
        return new(label ?? Name, [.. scored.Select(s => s.MeanReturnLast100!.Value)])
        {
            Seeds = [.. scored.Select(s => s.Seed)], World = Specification.World.Hash, StepLimit = Specification.StepLimit,
            Episodes = scored.Min(s => s.Episodes), Steps = (long)scored.Average(s => s.Steps),
        };
    }

    /// <summary>
    /// Compares the seeds of this ensemble with those of another, by their mean return over the last 100 episodes: which is better, by how
    /// much, and whether that is more than noise. Equal seeds are compared one by one.
    /// </summary>
    /// <param name="other">The other ensemble.</param>
    /// <exception cref="InputException">No seed of one side has ended an episode.</exception>
    public ScoreComparison Compare(EnsembleView other)
    {
        ArgumentNullException.ThrowIfNull(other);
        bool byLearner = Specification.Learner.Name != other.Specification.Learner.Name && Name == Id && other.Name == other.Id;
        return ScoreComparison.Of(Scores(byLearner ? Specification.Learner.Name : null),
            other.Scores(byLearner ? other.Specification.Learner.Name : null));
    }

    /// <summary>
    /// Trains one seed again, as a run of its own with everything that a run has: every step, every episode, replay and fork. It has the
    /// same bits as the seed of the ensemble. Returns at once.
    /// </summary>
    /// <param name="seed">The seed.</param>
    /// <param name="options">How the run is carried out and kept. Default: in memory, at full speed.</param>
    /// <exception cref="InputException">The ensemble has no such seed.</exception>
    public Run OpenSeed(ulong seed, RunOptions? options = null)
    {
        Check(seed);
        options ??= RunOptions.InMemory;
        return RunFactory.Start(Header.SpecificationOf(seed) with { Episodes = Status().TargetEpisodes },
            options.Name is null
            ? options with { Name = string.Create(CultureInfo.InvariantCulture, $"{Name}/{seed}") } : options, Changes);
    }

    /// <summary>Begins to train a seed again, as far as it has come, as the run ENSEMBLE/SEED in memory.</summary>
    /// <returns>The run in training, and the hash that its final tables must have; null if there is none.</returns>
    /// <exception cref="InputException">The ensemble has no such seed, or it has not ended an episode.</exception>
    internal (Run Run, string? Hash) BeginSeed(ulong seed)
    {
        Check(seed);
        var known = Seeds.First(s => s.Seed == seed);
        string id = string.Create(CultureInfo.InvariantCulture, $"{Id}/{seed}");
        long episodes = known.Episodes > 0 ? known.Episodes : throw new InputException($"{id} has not ended an episode yet.");
        return (RunFactory.Start(Header.SpecificationOf(seed) with { Episodes = episodes },
            RunOptions.InMemory with { Name = string.Create(CultureInfo.InvariantCulture, $"{Name}/{seed}") }, Changes, id), known.Hash);
    }

    /// <summary>
    /// Trains one seed again and compares the hash of its final tables with the stored one.
    /// </summary>
    /// <param name="seed">The seed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What differs; null if it has the same bits, or if the seed has not ended.</returns>
    public string? Verify(ulong seed, CancellationToken cancellationToken = default)
    {
        Check(seed);
        var stored = Seeds.FirstOrDefault(s => s.Seed == seed);
        if (stored?.Hash is null)
            return null;
        var again = new SeedTraining(Header.SpecificationOf(seed), Mdp);
        again.AdvanceTo(stored.Episodes, Changes, () => cancellationToken.IsCancellationRequested);
        cancellationToken.ThrowIfCancellationRequested();
        var result = again.Finish(isJudged: stored.GreedyValue is not null);
        return result == stored ? null : string.Create(CultureInfo.InvariantCulture,
            $"Seed {seed} does not train to the stored result: hash {result.Hash}, stored {stored.Hash}; "
            + $"{result.Steps} steps, stored {stored.Steps}.");
    }

    internal abstract IReadOnlyList<StoredSeed> Stored();

    /// <summary>A line of facts.</summary>
    public override string ToString()
    {
        var now = Status();
        return string.Create(CultureInfo.InvariantCulture,
            $"{Printable.Line(Name)}: {now.Seeds} seeds of {Printable.Line(Specification.Learner.Name)} in "
            + $"{Printable.Line(Specification.World.Name)}, {now.State.ToString().ToLowerInvariant()} after {now.Episodes:N0} episodes "
            + $"each and {now.Steps:N0} steps in all");
    }

    void Check(ulong seed)
    {
        if (!Header.Has(seed))
            throw NoSeed(seed);
    }

    InputException NoSeed(ulong seed) => new(string.Create(CultureInfo.InvariantCulture,
        $"The ensemble {Id} has no seed {seed}. Its seeds are {Specification.Seed} to {Specification.Seed + (ulong)(SeedCount - 1)}."));
}
