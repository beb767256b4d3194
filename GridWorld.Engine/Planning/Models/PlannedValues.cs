namespace GridWorld;

/// <summary>What a planner finds before ties are judged.</summary>
/// <param name="Values">One a state; of lost ones that no cycle makes rich, what stopping at a price beyond all others would give.</param>
/// <param name="Iterations">Passes or policies.</param>
/// <param name="Lost">At discount 1: states that cannot be sure of an end; null: none but those of value −∞.</param>
internal readonly record struct PlannedValues(double[] Values, long Iterations, bool[]? Lost)
{
    /// <summary>The values, −∞ where continuing costs forever.</summary>
    public double[] Final()
    {
        if (Lost is not { } lost)
            return Values;
        var final = (double[])Values.Clone();
        for (int s = 0; s < final.Length; s++)
            final[s] = lost[s] && final[s] < 0 ? double.NegativeInfinity : final[s];
        return final;
    }

    /// <summary>The fault of a planner that gives up.</summary>
    public static InputException Unproven(string effort) =>
        new($"Not proven: after {effort} the plan could still be improved, so that no optimum is known. Choose another discount factor, or a smaller map.");
}
