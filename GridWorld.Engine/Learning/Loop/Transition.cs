namespace GridWorld;

/// <summary>What a learner learns from.</summary>
/// <param name="State">The state S.</param>
/// <param name="Action">The action A taken in it.</param>
/// <param name="Pair">S × actions + A, the entry of a table.</param>
/// <param name="Value">Q(S, A) in the table the behavior acts on, before this step is learned.</param>
/// <param name="Reward">The reward R.</param>
/// <param name="Discount">γ, or 0 where the step terminated the episode. A truncated step keeps γ: it still bootstraps.</param>
/// <param name="NextState">The next state S′.</param>
/// <param name="NextAction">The action A′ the behavior takes next; −1 for learners that don't ask for it, and without meaning after
/// termination.</param>
/// <param name="NextPair">S′ × actions + A′; meaningless where A′ is.</param>
/// <param name="Next">The greedy actions in S′ and their value, before this step is learned.</param>
/// <param name="End">Whether and why the episode ends with this step; learners with <see cref="ILearner.ChangesOneEntry"/> are told of
/// terminations only.</param>
public readonly record struct Transition(
    int State, int Action, int Pair, double Value, double Reward, double Discount, int NextState, int NextAction, int NextPair, Greedy Next,
    StepEnd End)
{
    /// <summary>Whether the episode ends with this step.</summary>
    public bool IsLast => End != StepEnd.None;
}
