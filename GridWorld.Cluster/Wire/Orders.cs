namespace GridWorld.Cluster;

/// <summary>What home answers.</summary>
/// <param name="Refusal">Why the worker cannot take part; null if it can.</param>
/// <param name="IsFenced">Whether the worker's silo is dead for the others, and must be started again.</param>
/// <param name="IsOver">Whether the sweep has ended.</param>
/// <param name="IsHeld">Whether nothing is to be trained now.</param>
/// <param name="Sweep">The id of the sweep; work of another one is to be forgotten.</param>
/// <param name="Objective">What the sweep optimizes.</param>
/// <param name="Abandon">Work to be given up, since someone else has it or had it.</param>
/// <param name="Unknown">Results to be reported again, since home does not know their work yet.</param>
/// <param name="Trials">The trials of the new work.</param>
/// <param name="Start">New work.</param>
[GenerateSerializer, Immutable, Alias("gw.orders")]
internal sealed record Orders(
    [property: Id(0)] string? Refusal, [property: Id(1)] bool IsFenced, [property: Id(2)] bool IsOver, [property: Id(3)] bool IsHeld,
    [property: Id(4)] string Sweep, [property: Id(5)] string Objective, [property: Id(6)] UnitId[] Abandon,
    [property: Id(7)] UnitId[] Unknown, [property: Id(8)] TrialOrder[] Trials, [property: Id(9)] UnitOrder[] Start)
{
    public static Orders None { get; } = new(null, false, false, false, "", "", [], [], [], []);
}
