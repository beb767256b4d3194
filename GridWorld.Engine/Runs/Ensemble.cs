namespace GridWorld;

/// <summary>
/// The same run from many seeds, in memory: for means and intervals over seeds. The seeds share the compiled world; each trains in the
/// hot loop of a run, one after the other on every thread, and comes to the bits of its single run, however many train beside it.
/// </summary>
public sealed class Ensemble
{
    const int MaxSeeds = 1_000_000;

    /// <summary>Compiles the world and prepares the seeds.</summary>
    /// <param name="specification">World, learner, first seed, episodes and step limit of every run.</param>
    /// <param name="seeds">How many seeds, from the specification's on; 1 to 1,000,000.</param>
    /// <exception cref="InputException">Lists every fault of what was passed in.</exception>
    public Ensemble(RunSpecification specification, int seeds)
    {
        ArgumentNullException.ThrowIfNull(specification);
        new Faults().Require(seeds is >= 1 and <= MaxSeeds, $"Seeds must be between 1 and {MaxSeeds} (got {seeds}).")
            .Require(seeds < 1 || specification.Seed <= ulong.MaxValue - (ulong)(seeds - 1),
            $"Seeds go up to {ulong.MaxValue}; {seeds} seeds from {specification.Seed} on go beyond.")
            .Collect(specification.Check)
            .ThrowIfAny();
        var mdp = specification.World.Compile();
        Runs = [.. Enumerable.Range(0, seeds)
            .Select(k => new EnsembleRun(specification with { Seed = specification.Seed + (ulong)k }, mdp))];
    }

    /// <summary>The run of every seed, in the order of the seeds.</summary>
    public IReadOnlyList<EnsembleRun> Runs { get; }

    /// <summary>
    /// Trains every seed, and returns when all have done their steps, have ended their last episode, or learned a value that is not a
    /// finite number.
    /// </summary>
    /// <param name="steps">Steps a seed, at least 1; the last may fall during an episode, which the next call continues with.</param>
    /// <param name="threads">How many threads train, at least 1. Default: one a core. It changes no bit.</param>
    /// <param name="cancellation">Ends the work by an <see cref="OperationCanceledException"/>; what was learned by then stays.</param>
    /// <exception cref="InputException">A number is out of range.</exception>
    public void Train(long steps, int? threads = null, CancellationToken cancellation = default)
    {
        new Faults().Require(steps >= 1, $"Steps must be at least 1 (got {steps}).")
            .Require(threads is null or >= 1, $"Threads must be at least 1 (got {threads}).")
            .ThrowIfAny();
        if (threads == 1)
        {
            foreach (var run in Runs)
                run.Train(steps, cancellation);
            return;
        }

        ParallelOptions options = new() { MaxDegreeOfParallelism = threads ?? Environment.ProcessorCount,
            CancellationToken = cancellation };
        Parallel.ForEach(Runs, options, run => run.Train(steps, cancellation));
    }
}

/// <summary>One seed of an <see cref="Ensemble"/>. To be read while the ensemble does not train.</summary>
public sealed class EnsembleRun
{
    const int SliceSteps = 1 << 20;
    readonly Course course;
    readonly PackedRows rows = new();
    readonly long target;

    internal EnsembleRun(RunSpecification specification, Mdp mdp)
    {
        (Seed, target) = (specification.Seed, specification.Episodes ?? long.MaxValue);
        course = new(specification, mdp);
    }

    /// <summary>The seed.</summary>
    public ulong Seed { get; }

    /// <summary>Episodes that have ended.</summary>
    public long Episodes => course.Loop.Episode;

    /// <summary>Steps taken, those of an unfinished episode included.</summary>
    public long Steps => course.Loop.Step;

    /// <summary>Whether a value became no finite number, which ended this seed's training.</summary>
    public bool IsNonFinite => course.Loop.IsNonFinite;

    /// <summary>The learned values.</summary>
    public QTable Values => course.Loop.Values;

    /// <summary>The returns of all episodes, added up in their order.</summary>
    public double TotalReturn => rows.TotalReturn;

    /// <summary>How often an action was taken in a state.</summary>
    public long VisitsOf(int state, int action) => course.Loop.VisitsOf(state, action);

    /// <summary>Episodes as they ended, at most so many from one on; the newest million are kept.</summary>
    public IReadOnlyList<EpisodeRecord> Records(long first, int count) => rows.Records(first, count);

    internal void Train(long steps, CancellationToken cancellation)
    {
        long until = Steps + Math.Min(steps, long.MaxValue - Steps);
        while (Steps < until && Episodes < target && !IsNonFinite)
        {
            cancellation.ThrowIfCancellationRequested();
            rows.Fill(buffer => course.Advance(Math.Min(until - Steps, SliceSteps), target - Episodes, buffer));
        }
    }
}
