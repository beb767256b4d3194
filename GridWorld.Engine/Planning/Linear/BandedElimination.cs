using System.Numerics;
using System.Runtime.InteropServices;

namespace GridWorld;

/// <summary>
/// Elimination of the states of a chain, one by one, within the band of a grid whose states are numbered row by row. It adds and divides
/// positive numbers only, so that the weights have full relative precision however many steps it takes to end (Grassmann, Taksar and
/// Heyman 1985, "Regenerative analysis and steady state distributions for Markov chains").
/// </summary>
internal sealed class BandedElimination
{
    readonly int rows, below, above, pitch;
    readonly double[] band;  // row by row, columns row − below … row + above
    readonly double[] leave; // for each row, the weights of the later rows and of the exit: 1 − the weight of the row itself

    public BandedElimination(LinearChain chain, CancellationToken cancellationToken)
    {
        rows = chain.Rows;
        (below, above) = Widths(chain);
        pitch = below + above + 1;
        (band, leave) = (new double[(long)rows * pitch], [.. chain.Exit]);
        for (int row = 0; row < rows; row++)
        {
            for (int i = chain.First[row]; i < chain.First[row + 1]; i++)
                band[At(row, chain.Columns[i])] += chain.Weights[i];
        }

        Eliminate(cancellationToken);
    }

    /// <summary>Replaces the constants by the solution.</summary>
    public void Solve(double[] x)
    {
        for (int row = 0; row < rows; row++)
        {
            for (int column = Math.Max(0, row - below); column < row; column++)
                x[row] += band[At(row, column)] * x[column];
        }

        for (int row = rows - 1; row >= 0; row--)
        {
            for (int column = Math.Min(rows - 1, row + above); column > row; column--)
                x[row] += band[At(row, column)] * x[column];
            x[row] /= leave[row];
        }
    }

    /// <summary>The widths of the band below and above the diagonal. An elimination takes rows × below × above multiplications.</summary>
    public static (int Below, int Above) Widths(LinearChain chain)
    {
        int below = 0, above = 0;
        for (int row = 0; row < chain.Rows; row++)
        {
            for (int i = chain.First[row]; i < chain.First[row + 1]; i++)
            {
                below = Math.Max(below, row - chain.Columns[i]);
                above = Math.Max(above, chain.Columns[i] - row);
            }
        }

        return (below, above);
    }

    long At(int row, int column) => (long)row * pitch + column - row + below;

    // Moves to a row become moves to where that row leads. The share of each row replaces the entry that it eliminates.
    void Eliminate(CancellationToken cancellationToken)
    {
        for (int pivot = 0; pivot < rows; pivot++)
        {
            if (pivot % 64 == 0)
                cancellationToken.ThrowIfCancellationRequested();
            int length = Math.Min(above, rows - 1 - pivot);
            var later = band.AsSpan((int)At(pivot, pivot) + 1, length);
            double exit = leave[pivot];
            foreach (double weight in later)
                leave[pivot] += weight;
            for (int row = pivot + 1; row <= Math.Min(rows - 1, pivot + below); row++)
            {
                ref double entry = ref band[At(row, pivot)];
                if (entry == 0)
                    continue;
                entry /= leave[pivot];
                leave[row] += entry * exit;
                Add(band.AsSpan((int)At(row, pivot) + 1, length), later, entry);
            }
        }
    }

    static void Add(Span<double> to, ReadOnlySpan<double> row, double factor)
    {
        var wideTo = MemoryMarshal.Cast<double, Vector<double>>(to);
        var wideRow = MemoryMarshal.Cast<double, Vector<double>>(row);
        for (int i = 0; i < wideTo.Length; i++)
            wideTo[i] += wideRow[i] * factor;
        for (int i = wideTo.Length * Vector<double>.Count; i < to.Length; i++)
            to[i] += row[i] * factor;
    }
}
