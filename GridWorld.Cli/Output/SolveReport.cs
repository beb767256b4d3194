using System.Text.Json.Serialization;

namespace GridWorld.Cli;

/// <summary>What <c>solve --json</c> prints; the values and the best actions are null on walls.</summary>
internal sealed record SolveReport(double StartValue, long Iterations, int States, double Seconds,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double?[]? Values,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int[]?[]? Actions)
{
    public static SolveReport Of(World world, Plan plan, double seconds, bool values) =>
        new(plan.StartValue, plan.Iterations, world.States, seconds,
        values ? Each(world, s => (double?)plan.Values[s]) : null, values ? Each(world, s => plan.BestActions(s).ToArray()) : null);

    public static T?[] Each<T>(World world, Func<int, T?> read) =>
        [.. Enumerable.Range(0, world.States).Select(s => world.IsWall(s) ? default : read(s))];
}
