namespace GridWorld;

/// <summary>A change of the world during a run.</summary>
/// <param name="AfterSteps">Number of steps of the run before the change. It applies from step <paramref name="AfterSteps"/> + 1.</param>
/// <param name="Mdp">The new tables, with the same states and actions.</param>
internal sealed record MdpChange(long AfterSteps, Mdp Mdp);
