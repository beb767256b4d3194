using System.Numerics;
using System.Runtime.InteropServices;

namespace GridWorld;

/// <summary>
/// Gaussian elimination of I − W within the band of a grid whose states are numbered row by row. I − W is an M-matrix, because its policy
/// ends or is discounted, so pivoting is not needed (Berman and Plemmons 1994, chapter 6).
/// </summary>
internal sealed class BandedElimination
{
    readonly int rows, below, above, pitch;
    readonly double[] band; // row by row, columns row − below … row + above

    public BandedElimination(LinearChain chain, CancellationToken cancellationToken)
    {
        rows = chain.Rows;
        (below, above) = Widths(chain);
        pitch = below + above + 1;
        band = new double[(long)rows * pitch];
        for (int row = 0; row < rows; row++)
        {
            band[At(row, row)] = 1;
            for (int i = chain.First[row]; i < chain.First[row + 1]; i++)
                band[At(row, chain.Columns[i])] -= chain.Weights[i];
        }

        Factor(cancellationToken);
    }

    /// <summary>Replaces a right-hand side by the solution.</summary>
    public void Solve(double[] x)
    {
        for (int row = 0; row < rows; row++)
        {
            for (int column = Math.Max(0, row - below); column < row; column++)
                x[row] -= band[At(row, column)] * x[column];
        }

        for (int row = rows - 1; row >= 0; row--)
        {
            for (int column = Math.Min(rows - 1, row + above); column > row; column--)
                x[row] -= band[At(row, column)] * x[column];
            x[row] /= band[At(row, row)];
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

    // The factor of each row replaces the entry that it eliminates.
    void Factor(CancellationToken cancellationToken)
    {
        for (int pivot = 0; pivot < rows; pivot++)
        {
            if (pivot % 64 == 0)
                cancellationToken.ThrowIfCancellationRequested();
            int length = Math.Min(above, rows - 1 - pivot);
            for (int row = pivot + 1; row <= Math.Min(rows - 1, pivot + below); row++)
            {
                ref double entry = ref band[At(row, pivot)];
                if (entry == 0)
                    continue;
                entry /= band[At(pivot, pivot)];
                if (length > 0)
                    Subtract(band.AsSpan((int)At(row, pivot + 1), length), band.AsSpan((int)At(pivot, pivot + 1), length), entry);
            }
        }
    }

    static void Subtract(Span<double> from, Span<double> row, double factor)
    {
        var wideFrom = MemoryMarshal.Cast<double, Vector<double>>(from);
        var wideRow = MemoryMarshal.Cast<double, Vector<double>>(row);
        for (int i = 0; i < wideFrom.Length; i++)
            wideFrom[i] -= wideRow[i] * factor;
        for (int i = wideFrom.Length * Vector<double>.Count; i < from.Length; i++)
            from[i] -= row[i] * factor;
    }
}
