namespace GridWorld;

/// <summary>
/// The equations of a fixed policy over some of the states: x = b + W·x + z·c. The value z of a restart is the expectation of x over the
/// starts. Rows are sparse: row i has the entries First[i] … First[i + 1] − 1.
/// </summary>
internal sealed class LinearChain
{
    readonly List<int> columns = [];
    readonly List<double> weights = [];
    readonly int[] index;

    /// <param name="states">The states of the rows, in increasing order.</param>
    /// <param name="allStates">Number of all states.</param>
    public LinearChain(int[] states, int allStates)
    {
        States = states;
        index = new int[allStates];
        Array.Fill(index, -1);
        for (int i = 0; i < states.Length; i++)
            index[states[i]] = i;
        (First, Constant, Restart, Exit, Starts) = (new int[states.Length + 1], new double[states.Length], new double[states.Length],
            new double[states.Length], new double[states.Length]);
    }

    /// <summary>The state of each row.</summary>
    public int[] States { get; }

    public int[] First { get; }

    public int[] Columns { get; private set; } = [];

    public double[] Weights { get; private set; } = [];

    /// <summary>The constant b of each row.</summary>
    public double[] Constant { get; }

    /// <summary>The coefficient c of each row: the discounted probability of a restart.</summary>
    public double[] Restart { get; }

    /// <summary>1 minus the weights of each row, as a sum of its own: a difference would lose the digits of a small number.</summary>
    public double[] Exit { get; }

    /// <summary>The start probability of each row. <see cref="OtherStarts"/> includes the starts that are not rows.</summary>
    public double[] Starts { get; }

    /// <summary>The known part of a restart's value.</summary>
    public double OtherStarts { get; set; }

    public int Rows => States.Length;

    public int RowOf(int state) => index[state];

    /// <summary>Adds <paramref name="weight"/> times the value of <paramref name="state"/> to the current row.</summary>
    public void Add(int state, double weight)
    {
        columns.Add(index[state]);
        weights.Add(weight);
    }

    public void EndRow(int row) => First[row + 1] = columns.Count;

    public void Seal() => (Columns, Weights) = ([.. columns], [.. weights]);

    /// <summary>The product W·x of a row.</summary>
    public double Next(int row, double[] x)
    {
        double sum = 0;
        for (int i = First[row]; i < First[row + 1]; i++)
            sum += Weights[i] * x[Columns[i]];
        return sum;
    }
}
