using System.Collections.Immutable;

namespace GridWorld;

/// <summary>A step of an episode.</summary>
/// <param name="Step">Number of the step in the episode, from 1.</param>
/// <param name="State">State S.</param>
/// <param name="Action">Chosen action A.</param>
/// <param name="Explored">Whether the action was chosen to explore, not for its value.</param>
/// <param name="Reward">Reward R.</param>
/// <param name="NextState">Next state S′.</param>
/// <param name="End">Whether and why the episode ended with the step.</param>
/// <param name="Q">Row Q(S, ·) from which the action was chosen.</param>
/// <param name="NewValue">Q(S, A) after the step was learned.</param>
public sealed record EpisodeStep(int Step, int State, int Action, bool Explored, double Reward, int NextState, StepEnd End,
    ImmutableArray<double> Q, double NewValue);
