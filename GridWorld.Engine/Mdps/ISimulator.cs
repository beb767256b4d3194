namespace GridWorld;

/// <summary>
/// Draws starts and steps. Implement it as a struct: the training loop is compiled for each implementation.
/// A simulator keeps no memory between steps that a checkpoint would have to carry.
/// </summary>
public interface ISimulator
{
    /// <summary>Number of states.</summary>
    int States { get; }

    /// <summary>Number of actions in every state, at most 32.</summary>
    int Actions { get; }

    /// <summary>The first state of an episode.</summary>
    /// <param name="world">The world's random stream.</param>
    int Start(ref Rng world);

    /// <summary>Takes an action.</summary>
    /// <param name="state">The state S.</param>
    /// <param name="action">The chosen action A.</param>
    /// <param name="lastAction">The action executed in the step before, −1 at the start of an episode; it becomes the one executed now (another than chosen only where actions are sticky).</param>
    /// <param name="world">The world's random stream.</param>
    TimeStep Step(int state, int action, ref int lastAction, ref Rng world);
}
