namespace GridWorld;

/// <summary>The checked arrays of an <see cref="Mdp"/>.</summary>
internal sealed record MdpTables(int States, int Actions, int OutcomesPerPair, byte[]? NarrowCodes, int[]? WideCodes, Outcome[] Outcomes,
    double[] Probabilities, ulong[] Thresholds, bool[] Terminal, StartState[] Starts, double Sticky, int StepLimit, string[] Warnings);
