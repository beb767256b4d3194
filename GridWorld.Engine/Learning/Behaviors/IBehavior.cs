namespace GridWorld;

/// <summary>A policy that acts. Implementations are structs, so that the training loop is compiled for each of them.</summary>
public interface IBehavior
{
    /// <summary>Sets the hyperparameters for the following calls.</summary>
    void Apply(in Hyperparameters hyperparameters);

    /// <summary>Chooses an action.</summary>
    /// <param name="values">The Q-table that the policy acts on.</param>
    /// <param name="state">The state.</param>
    /// <param name="greedy">The greedy actions of the state.</param>
    /// <param name="random">The random stream of the behavior. At most two numbers are drawn.</param>
    /// <param name="explored">Whether the action was chosen to explore, not for its value.</param>
    internal int Choose(QTable values, int state, Greedy greedy, ref Draws random, out bool explored);

    /// <summary>Computes the probability of every action, π(·|s).</summary>
    /// <param name="state">The state.</param>
    /// <param name="values">The action values of the state.</param>
    /// <param name="probabilities">Receives one probability per action.</param>
    void Probabilities(int state, ReadOnlySpan<double> values, Span<double> probabilities);

    /// <summary>Returns the mean of action values under the policy, Σ π(a|s)·q(a).</summary>
    double Expectation(int state, ReadOnlySpan<double> values, Greedy greedy);
}
