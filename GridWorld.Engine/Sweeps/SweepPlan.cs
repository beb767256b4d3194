using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace GridWorld;

/// <summary>
/// A sweep whose names are resolved. Each combination of a world and a learner is a group with a sampler of its own; the groups follow each
/// other in the order of the worlds, then of the learners, and the trials are numbered through all groups.
/// </summary>
internal sealed class SweepPlan
{
    SweepPlan(Sweep sweep, IReadOnlyList<SweepGroup> groups) =>
        (Sweep, Groups, Objective) = (sweep, groups, SweepObjectives.Parse(sweep.Objective));

    public Sweep Sweep { get; }

    public IReadOnlyList<SweepGroup> Groups { get; }

    public SweepObjective Objective { get; }

    /// <exception cref="InputException">Lists every error of the sweep with its place.</exception>
    public static SweepPlan Of(Sweep sweep)
    {
        var faults = new Faults();
        var groups = SweepCheck.Groups(sweep, faults, new HashSet<string>());
        faults.ThrowIfAny();
        return new(sweep, groups);
    }

    public SweepCount Count()
    {
        long trials = Groups.Sum(g => (long)g.Trials);
        var (tuning, test) = ((UInt128)0, (UInt128)0);
        foreach (var group in Groups)
        {
            tuning += (UInt128)group.Pruning.Cost * (UInt128)(Sweep.Seeds * group.MostSteps);
            test += (UInt128)Sweep.Episodes * (UInt128)(Sweep.TestSeeds * group.MostSteps);
        }

        if (Sweep.BudgetSteps is { } budget && tuning > (UInt128)budget)
            tuning = (UInt128)budget;
        return new(trials, trials * Sweep.Seeds + (long)Groups.Count * Sweep.TestSeeds,
            (long)UInt128.Min(tuning + test, (UInt128)long.MaxValue));
    }
}

/// <summary>The trials of a sweep with one world and one learner.</summary>
internal sealed class SweepGroup
{
    readonly Sweep sweep;
    readonly SweepOptions fixedOptions;
    readonly IReadOnlyList<KeyValuePair<string, SearchValue>> settings;
    readonly Func<WorldArguments, World> open;

    /// <param name="sweep">The sweep.</param>
    /// <param name="world">The world's name in the sweep.</param>
    /// <param name="first">The number of the group's first trial.</param>
    /// <param name="space">The parameters that can be active in the group.</param>
    /// <param name="fixedOptions">The options with the fixed settings applied.</param>
    /// <param name="open">Opens the world.</param>
    /// <exception cref="InputException">The space does not fit the sampler.</exception>
    public SweepGroup(Sweep sweep, string world, int first, SearchSpace space, SweepOptions fixedOptions, Func<WorldArguments, World> open)
    {
        (this.sweep, this.fixedOptions, this.open) = (sweep, fixedOptions, open);
        (World, FirstTrial, Space) = (world, first, space);
        settings = [.. sweep.Settings.Where(s => SweepOptions.Has(fixedOptions.Learner, s.Key))];
        Seed = SeedOf(sweep.FirstSeed, world, Learner);
        bool higher = SweepObjectives.Parse(sweep.Objective).HigherIsBetter;
        Sampler = sweep.Sampler switch
        {
            SweepSampler.Grid => Sampler.Grid(space),
            SweepSampler.Random => Sampler.Random(space, Seed),
            SweepSampler.Sobol => Sampler.Sobol(space, Seed),
            _ => Sampler.Tpe(space, Seed, higher),
        };
        int? trials = sweep.Trials ?? Sampler.Trials;
        Pruning = sweep.Pruner switch
        {
            SweepPruner.Halving => PruningPlan.Halving(trials!.Value, sweep.Episodes),
            SweepPruner.Hyperband => PruningPlan.Hyperband(trials, sweep.Episodes),
            _ => PruningPlan.None(trials!.Value, sweep.Episodes),
        };
    }

    /// <summary>The world's name in the sweep.</summary>
    public string World { get; }

    public string Learner => fixedOptions.Learner.Name;

    /// <summary>The number of the group's first trial in the sweep.</summary>
    public int FirstTrial { get; }

    public int Trials => Pruning.Trials;

    public SearchSpace Space { get; }

    /// <summary>The sampler, which counts the group's trials from 0.</summary>
    public Sampler Sampler { get; }

    /// <summary>The brackets, which count the group's trials from 0; the resource is the number of episodes.</summary>
    public PruningPlan Pruning { get; }

    /// <summary>
    /// The seed of the group's decisions: the first 8 bytes of the SHA-256 of first seed, world and learner, so that another group changes
    /// nothing in this one.
    /// </summary>
    public ulong Seed { get; }

    /// <summary>The greatest step limit of a trial.</summary>
    public long MostSteps => Space.Parameters.FirstOrDefault(p => p.Name == "max_steps") is { } varied
        ? (long)(varied.Kind == SearchKind.Choice ? varied.Choices.Max(c => c.Number!.Value) : varied.To)
        : fixedOptions.MaxSteps ?? sweep.MaxSteps ?? Trial(0, Sampler.Random(Space, Seed).Propose(0, [])).Specification.StepLimit;

    /// <summary>The trial that evaluates a point.</summary>
    /// <param name="trial">The trial's number in the group, from 0.</param>
    /// <param name="point">The point that the sampler proposed for this number.</param>
    /// <exception cref="InputException">The values are valid one by one, but not together.</exception>
    public SweepTrial Trial(int trial, SearchPoint point)
    {
        var options = point.Aggregate(fixedOptions, (o, value) => o.With(value.Key, value.Value));
        var specification = new RunSpecification(open(options.World), options.Learner, sweep.FirstSeed, sweep.Episodes,
            options.MaxSteps ?? sweep.MaxSteps);
        specification.Check();
        return new(FirstTrial + trial, World, point, new([.. settings, .. point]), specification);
    }

    static ulong SeedOf(ulong first, string world, string learner) =>
        BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{first}\n{world}\n{learner}")));
}

/// <summary>A trial of a sweep: the same run for each of the sweep's seeds.</summary>
/// <param name="Number">The number in the sweep, from 0.</param>
/// <param name="World">The world's name in the sweep.</param>
/// <param name="Point">The varied options.</param>
/// <param name="Settings">The fixed options that apply, then the varied ones.</param>
/// <param name="Specification">The run with the first seed.</param>
internal sealed record SweepTrial(int Number, string World, SearchPoint Point, SearchPoint Settings, RunSpecification Specification)
{
    public string Learner => Specification.Learner.Name;

    /// <summary>
    /// The SHA-256 of world, learner, settings, episodes and step limit, in hexadecimal. Trials with equal hashes have the same results.
    /// </summary>
    public string Hash { get; } = HashOf(Specification);

    static string HashOf(RunSpecification specification)
    {
        var learner = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(learner))
            LearnerJson.Write(json, specification.Learner);
        string text = $"{specification.World.Hash}\n{specification.Episodes}\n{specification.StepLimit}\n";
        return Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes(text), .. learner.WrittenSpan]));
    }
}
