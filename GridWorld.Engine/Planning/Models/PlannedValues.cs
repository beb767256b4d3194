namespace GridWorld;

/// <summary>The result of a planner before ties are determined.</summary>
/// <param name="Values">
/// One value per state. For a lost state without a cycle that pays, the value of stopping at a price that exceeds all others.
/// </param>
/// <param name="Iterations">Number of passes or policies.</param>
/// <param name="Lost">At discount 1, the states that cannot end with probability 1; null if these are the states with value −∞.</param>
internal readonly record struct PlannedValues(double[] Values, long Iterations, bool[]? Lost)
{
    /// <summary>The values, −∞ for states in which continuing costs forever.</summary>
    public double[] Final()
    {
        if (Lost is not { } lost)
            return Values;
        var final = (double[])Values.Clone();
        for (int s = 0; s < final.Length; s++)
            final[s] = lost[s] && final[s] < 0 ? double.NegativeInfinity : final[s];
        return final;
    }

    /// <summary>The exception of a planner that gives up.</summary>
    public static InputException Unproven(string effort) =>
        new($"Cannot prove the optimum: after {effort} the plan can still be improved. Use another discount factor or a smaller map.");
}
