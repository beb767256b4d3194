namespace GridWorld;

/// <summary>
/// Upper confidence bounds: the action with the greatest Q(s,a) + c·√(ln N(s) / N(s,a)), or an untried action if there is one. Auer,
/// Cesa-Bianchi and Fischer, 2002; Sutton and Barto, 2nd ed., eq. 2.10, with counts per state. It uses the platform's logarithm, so results
/// can differ in the last bits between machines.
/// </summary>
internal struct UpperConfidence(VisitCounts visits, TieBreaking ties) : IBehavior
{
    double confidence;

    public void Apply(in Hyperparameters hyperparameters) => confidence = hyperparameters["confidence"];

    public readonly int Choose(QTable values, int state, Greedy greedy, ref Draws random, out bool explored)
    {
        var best = Best(state, values.Row(state));
        int action = ties == TieBreaking.Random && best.IsTied ? best.At(Rng.Below(random.Next(), best.Count)) : best.First;
        explored = (greedy.Actions >> action & 1) == 0;
        return action;
    }

    public readonly void Probabilities(int state, ReadOnlySpan<double> values, Span<double> probabilities)
    {
        var best = Best(state, values);
        uint chosen = ties == TieBreaking.First ? 1u << best.First : best.Actions;
        for (int a = 0; a < values.Length; a++)
            probabilities[a] = (chosen >> a & 1) == 0 ? 0 : ties == TieBreaking.First ? 1 : 1.0 / best.Count;
    }

    public readonly double Expectation(int state, ReadOnlySpan<double> values, Greedy greedy)
    {
        Span<double> probabilities = stackalloc double[values.Length];
        Probabilities(state, values, probabilities);
        double mean = 0;
        for (int a = 0; a < values.Length; a++)
            mean += probabilities[a] * values[a];
        return mean;
    }

    readonly Greedy Best(int state, ReadOnlySpan<double> values)
    {
        Span<double> bounds = stackalloc double[values.Length];
        double log = Math.Log(Math.Max(1, visits.OfState(state)));
        for (int a = 0; a < values.Length; a++)
        {
            long tried = visits.Of(state * values.Length + a);
            bounds[a] = tried == 0 ? double.PositiveInfinity : values[a] + confidence * Math.Sqrt(log / tried);
        }

        return Greedy.Of(bounds);
    }
}
