using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace GridWorld;

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
