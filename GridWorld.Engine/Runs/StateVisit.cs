namespace GridWorld;

/// <summary>A step that was taken in a state.</summary>
/// <param name="Episode">Number of the episode, from 1.</param>
/// <param name="Step">Number of the step in the episode, from 1.</param>
/// <param name="Action">Chosen action.</param>
/// <param name="Explored">Whether the action was chosen to explore, not for its value.</param>
/// <param name="Reward">Reward of the step.</param>
/// <param name="NextState">Next state.</param>
/// <param name="OldValue">Q(S, A) before the step was learned.</param>
/// <param name="NewValue">Q(S, A) after the step was learned.</param>
public sealed record StateVisit(long Episode, int Step, int Action, bool Explored, double Reward, int NextState, double OldValue,
    double NewValue);
