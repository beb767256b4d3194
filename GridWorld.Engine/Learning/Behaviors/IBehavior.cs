namespace GridWorld;

/// <summary>A policy that acts. Implemented by structs, so that the training loop is compiled for each.</summary>
public interface IBehavior
{
    /// <summary>Takes over the hyperparameters from now on.</summary>
    void Apply(in Hyperparameters hyperparameters);

    /// <summary>Chooses an action.</summary>
    /// <param name="values">The action values it acts on.</param>
    /// <param name="state">The state.</param>
    /// <param name="greedy">The greedy actions of that state.</param>
    /// <param name="random">The behavior's random stream.</param>
    /// <param name="explored">Whether chance, not the values, chose.</param>
    int Choose(QTable values, int state, Greedy greedy, ref Rng random, out bool explored);

    /// <summary>The probability of every action, π(·|s).</summary>
    /// <param name="state">The state.</param>
    /// <param name="values">Its action values.</param>
    /// <param name="probabilities">Filled with one probability an action.</param>
    void Probabilities(int state, ReadOnlySpan<double> values, Span<double> probabilities);

    /// <summary>The mean of action values under the policy, Σ π(a|s)·q(a).</summary>
    double Expectation(int state, ReadOnlySpan<double> values, Greedy greedy);
}
