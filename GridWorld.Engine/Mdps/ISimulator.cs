namespace GridWorld;

/// <summary>
/// Draws start states and steps. Implement it as a struct: the training loop is compiled for each implementation.
/// A simulator must not keep state between steps, because a checkpoint does not save it.
/// </summary>
public interface ISimulator
{
    /// <summary>Number of states.</summary>
    int States { get; }

    /// <summary>Number of actions in every state, at most 32.</summary>
    int Actions { get; }

    /// <summary>Draws the first state of an episode.</summary>
    /// <param name="world">The random stream of the world.</param>
    int Start(ref Rng world);

    /// <summary>Takes an action.</summary>
    /// <param name="state">The state S.</param>
    /// <param name="action">The chosen action A.</param>
    /// <param name="lastAction">
    /// The action that was executed in the previous step, −1 at the start of an episode. Set it to the action that is executed now; it
    /// differs from <paramref name="action"/> only if actions are sticky.
    /// </param>
    /// <param name="world">The random stream of the world.</param>
    /// <returns>The next state and the reward, and whether the episode ends.</returns>
    TimeStep Step(int state, int action, ref int lastAction, ref Rng world);
}
