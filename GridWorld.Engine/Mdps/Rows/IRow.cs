namespace GridWorld;

/// <summary>
/// The operations on a row of action values. The length is a constant for the move sets that have their own compiled loop.
/// </summary>
internal unsafe interface IRow
{
    /// <summary>Number of actions.</summary>
    static abstract int Actions(int actions);

    /// <summary>An action, drawn uniformly: the high word of draw × actions.</summary>
    static abstract int Draw(ulong draw, int actions);

    /// <summary>Whether the greedy actions of every state and their value are stored instead of computed at every visit.</summary>
    static abstract bool KeepsGreedy { get; }

    /// <summary>The greedy actions of a row.</summary>
    static abstract Greedy Greedy(double* row, int actions);

    /// <summary>The sum of a row, added up in the order of the actions.</summary>
    static abstract double Sum(ReadOnlySpan<double> row);

    /// <summary>Writes one entry and returns the greedy actions of the new row.</summary>
    static abstract Greedy Replace(double* row, int actions, int action, double value);
}
