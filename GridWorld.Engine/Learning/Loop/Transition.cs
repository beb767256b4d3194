namespace GridWorld;

/// <summary>A step from which a learner learns.</summary>
/// <param name="State">State S.</param>
/// <param name="Action">Action A taken in S.</param>
/// <param name="Pair">Index of (S, A) in a table: S × actions + A.</param>
/// <param name="Value">Q(S, A) in the Q-table that the behavior acts on, before this step is learned.</param>
/// <param name="Reward">Reward R.</param>
/// <param name="Discount">Discount factor γ, or 0 if the step terminates the episode. A truncated step keeps γ, because it still
/// bootstraps.</param>
/// <param name="NextState">Next state S′.</param>
/// <param name="NextAction">
/// Next action A′ of the behavior. It is −1 unless <see cref="ILearner.NeedsNextAction"/> is true, and undefined after termination.
/// </param>
/// <param name="NextPair">Index of (S′, A′) in a table: S′ × actions + A′. It is undefined if A′ is.</param>
/// <param name="Next">Greedy actions in S′ and their value, before this step is learned.</param>
/// <param name="End">
/// Whether and why the episode ends with this step. If <see cref="ILearner.ChangesOneEntry"/> is true, a truncation is not reported.
/// </param>
public readonly record struct Transition(
    int State, int Action, int Pair, double Value, double Reward, double Discount, int NextState, int NextAction, int NextPair, Greedy Next,
    StepEnd End)
{
    /// <summary>Whether the episode ends with this step.</summary>
    public bool IsLast => End != StepEnd.None;
}
