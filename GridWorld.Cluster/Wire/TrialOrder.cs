using System.Text.Json;

namespace GridWorld.Cluster;

/// <summary>A trial, in the words of a sweep file.</summary>
/// <param name="Trial">Its number.</param>
/// <param name="World">The hash of its world.</param>
/// <param name="Learner">The options of its learner, as JSON.</param>
/// <param name="Episodes">Number of episodes of the whole run.</param>
/// <param name="MaxSteps">The step limit; null for the world's.</param>
[GenerateSerializer, Immutable, Alias("gw.trial")]
internal sealed record TrialOrder(
    [property: Id(0)] long Trial, [property: Id(1)] string World, [property: Id(2)] string Learner, [property: Id(3)] long? Episodes,
    [property: Id(4)] int? MaxSteps)
{
    public static TrialOrder Of(long trial, RunSpecification specification) => new(trial, specification.World.Hash,
        TrialTable.Options(specification.Learner), specification.Episodes, specification.MaxSteps);

    /// <summary>The run, with seed 0.</summary>
    public RunSpecification Specification(World world)
    {
        using var learner = JsonDocument.Parse(Learner);
        return new(world, LearnerJson.Read(learner.RootElement), 0, Episodes, MaxSteps);
    }
}
