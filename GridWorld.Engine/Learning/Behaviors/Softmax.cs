namespace GridWorld;

/// <summary>
/// Softmax, or Boltzmann, exploration: π(a|s) ∝ e^(Q(s,a)/τ). Sutton and Barto, 2nd ed., eq. 13.2 with Q/τ as preferences.
/// It uses the platform's exponential, so results can differ in the last bits between machines.
/// </summary>
internal struct Softmax(int actions) : IBehavior
{
    double temperature;

    public void Apply(in Hyperparameters hyperparameters) => temperature = hyperparameters["temperature"];

    public readonly int Choose(QTable values, int state, Greedy greedy, ref Draws random, out bool explored)
    {
        Span<double> probabilities = stackalloc double[actions];
        Probabilities(state, values.Row(state), probabilities);
        double left = Rng.Fraction(random.Next());
        int action = 0;
        while (action < actions - 1 && (left -= probabilities[action]) >= 0)
            action++;
        explored = (greedy.Actions >> action & 1) == 0;
        return action;
    }

    public readonly void Probabilities(int state, ReadOnlySpan<double> values, Span<double> probabilities)
    {
        // A schedule can reach temperature 0. Then only the greatest actions have a probability, because 0 / tiny is 0.
        double greatest = Greedy.Of(values).Value, sum = 0, warmth = Math.Max(temperature, 1e-300);
        for (int a = 0; a < values.Length; a++)
            sum += probabilities[a] = Math.Exp((values[a] - greatest) / warmth);
        for (int a = 0; a < values.Length; a++)
            probabilities[a] /= sum;
    }

    public readonly double Expectation(int state, ReadOnlySpan<double> values, Greedy greedy)
    {
        Span<double> probabilities = stackalloc double[actions];
        Probabilities(state, values, probabilities);
        double mean = 0;
        for (int a = 0; a < values.Length; a++)
            mean += probabilities[a] * values[a];
        return mean;
    }
}
