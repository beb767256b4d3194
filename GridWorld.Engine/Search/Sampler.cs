namespace GridWorld;

/// <summary>
/// Proposes the points that the trials of a search evaluate. A proposal is a function of the space, the seed, the trial's number and the
/// results of trials that are at least 8 trials older, so it never depends on the number of threads or the order in which trials end.
/// </summary>
public sealed class Sampler
{
    /// <summary>The number of trials between a proposal and the newest result that it may use: 8.</summary>
    public const int Lag = 8;

    readonly bool learns;
    readonly Func<int, IReadOnlyList<ScoredPoint>, SearchPoint> propose;

    Sampler(int? trials, bool learns, Func<int, IReadOnlyList<ScoredPoint>, SearchPoint> propose) =>
        (Trials, this.learns, this.propose) = (trials, learns, propose);

    /// <summary>The number of points of a grid; null for the other samplers, which never end.</summary>
    public int? Trials { get; }

    /// <summary>
    /// All combinations of choices and integers, each once; the last parameter varies fastest. A parameter whose conditions do not hold
    /// does not multiply the combinations.
    /// </summary>
    /// <exception cref="InputException">A parameter is continuous, or the grid has more than 100,000 points.</exception>
    public static Sampler Grid(SearchSpace space)
    {
        var points = SearchGrid.Of(Guard.NotNull(space));
        return new(points.Count, false, (trial, _) => points[trial]);
    }

    /// <summary>Independent random points.</summary>
    public static Sampler Random(SearchSpace space, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(space);
        return new(null, false, (trial, _) => AtRandom(space, seed, trial));
    }

    /// <summary>
    /// Sobol's sequence with Owen's scrambling: points that are more even than random ones, best if the number of trials is a power of 2.
    /// </summary>
    /// <param name="space">The space, of at most 32 parameters.</param>
    /// <param name="seed">The seed of the scrambling.</param>
    /// <exception cref="InputException">The space has more than 32 parameters.</exception>
    public static Sampler Sobol(SearchSpace space, ulong seed)
    {
        int dimensions = Guard.NotNull(space).Parameters.Count;
        new Faults().Require(dimensions <= SobolSequence.MostDimensions, TooManyForSobol(dimensions)).ThrowIfAny();
        var sequence = new SobolSequence(dimensions, seed);
        return new(null, false, (trial, _) => space.At(d => sequence.At((uint)trial, d)));
    }

    /// <summary>
    /// The tree-structured Parzen estimator (Bergstra, Bardenet, Bengio and Kégl, Algorithms for hyper-parameter optimization, 2011).
    /// </summary>
    /// <param name="space">The space.</param>
    /// <param name="seed">The seed of all random numbers.</param>
    /// <param name="higherIsBetter">Whether the search maximizes the score.</param>
    /// <param name="options">The options of the estimator. Default: those of <see cref="TpeOptions"/>.</param>
    /// <exception cref="InputException">An option is out of range.</exception>
    public static Sampler Tpe(SearchSpace space, ulong seed, bool higherIsBetter, TpeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(space);
        options ??= new();
        options.Check();
        var estimator = new TpeEstimator(space, higherIsBetter, options);
        return new(null, true, (trial, visible) => visible.Count < options.StartupTrials
            ? AtRandom(space, seed, trial) : estimator.Propose(SearchSeed.Generator(seed, (ulong)trial), visible));
    }

    /// <summary>The number of results that the proposal for a trial needs: those of the trials from 0 to <c>trial − 8</c>.</summary>
    public int Needed(int trial) => learns ? Math.Max(0, trial - Lag + 1) : 0;

    /// <summary>Proposes the point of a trial. The same arguments give the same point.</summary>
    /// <param name="trial">The trial's number, from 0.</param>
    /// <param name="finished">
    /// Results in the order of the trials' numbers: entry k is trial k. The sampler reads the first <see cref="Needed"/> entries only, so
    /// newer results cannot influence the proposal.
    /// </param>
    /// <exception cref="InputException">The grid has no such trial, or a result is missing.</exception>
    public SearchPoint Propose(int trial, IReadOnlyList<ScoredPoint> finished)
    {
        int needed = Needed(trial), given = Guard.NotNull(finished).Count;
        new Faults().Require(trial >= 0 && !(trial >= Trials), Trials is null ? $"A trial must be at least 0 (got {trial})."
            : $"A trial of this grid must be between 0 and {Trials - 1} (got {trial}).")
            .Require(given >= needed, $"The proposal for trial {trial} needs the results of {needed} trials (got {given}).")
            .ThrowIfAny();
        return propose(trial, [.. finished.Take(needed)]);
    }

    internal static string TooManyForSobol(int dimensions) =>
        $"Sobol's sequence is available for at most {SobolSequence.MostDimensions} parameters (got {dimensions}). Use another sampler.";

    static SearchPoint AtRandom(SearchSpace space, ulong seed, int trial)
    {
        var random = SearchSeed.Generator(seed, (ulong)trial);
        return space.At(_ => random.NextDouble());
    }
}
