using System.Text.Json;
using System.Text.Json.Nodes;

namespace GridWorld;

/// <summary>What an ensemble is: the specification of its first seed, and how many seeds there are.</summary>
internal sealed record EnsembleHeader(string Id, string Name, DateTimeOffset Created, RunSpecification Specification, int Seeds)
{
    public const int MostSeeds = 1_000_000;

    public SweepHeader Stored => new(Id, Name, Created, SweepHeader.Ensemble, Specification.World.Name, Specification.Learner.Name,
        new JsonObject { ["seeds"] = Seeds, ["run"] = JsonNode.Parse(SpecificationJson.Write(Specification)) }.ToJsonString());

    public static EnsembleHeader Of(SweepHeader stored)
    {
        if (stored.Kind != SweepHeader.Ensemble)
            throw new InputException($"{stored.Id} is a sweep, not an ensemble.");
        using var json = JsonDocument.Parse(stored.Definition);
        return new(stored.Id, stored.Name, stored.Created, SpecificationJson.Read(json.RootElement.GetProperty("run").GetRawText()),
            json.RootElement.GetProperty("seeds").GetInt32());
    }

    /// <summary>Its only trial.</summary>
    public StoredTrial Trial => new(1, Specification.World.Name, Specification.World.Hash, Specification.Learner.Name, "{}",
        TrialTable.Options(Specification.Learner), Specification.MaxSteps, StoredTrial.Tune, null, TrialState.Running,
        Specification.Episodes ?? 0, null, null, null);

    /// <summary>The specification of a seed.</summary>
    public RunSpecification SpecificationOf(ulong seed) => Specification with { Seed = seed };

    /// <summary>The seeds, from the first.</summary>
    public IEnumerable<ulong> All => Enumerable.Range(0, Seeds).Select(k => Specification.Seed + (ulong)k);

    /// <summary>Whether a seed is one of them.</summary>
    public bool Has(ulong seed) => seed >= Specification.Seed && seed - Specification.Seed < (ulong)Seeds;

    public void Check() => new Faults()
        .Require(Seeds is >= 1 and <= MostSeeds, $"Seeds must be between 1 and {MostSeeds} (got {Seeds}).")
        .Require(Seeds < 1 || Specification.Seed <= ulong.MaxValue - (ulong)(Seeds - 1),
            $"The last of {Seeds} seeds must be at most {ulong.MaxValue} (got first seed {Specification.Seed}).")
        .Require(!Specification.IsPlanned, PlannerOptions.NoSeeds(Specification.Learner.Name))
        .Collect(Specification.Check)
        .ThrowIfAny();
}
