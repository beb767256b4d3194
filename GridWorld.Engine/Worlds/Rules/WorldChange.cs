namespace GridWorld;

/// <summary>A map that replaces the first one during a run.</summary>
/// <param name="AfterSteps">Number of steps of the run before the change. The map applies from step <paramref name="AfterSteps"/> +
/// 1.</param>
/// <param name="Map">The rows, separated by line feeds, of the same size as the first map.</param>
public sealed record WorldChange(long AfterSteps, string Map)
{
    /// <summary>The rows, separated by line feeds, of the same size as the first map.</summary>
    public string Map { get; init => field = Guard.NotNull(value); } = Guard.NotNull(Map);
}
