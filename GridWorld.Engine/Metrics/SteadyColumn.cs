using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>
/// One number a row, kept once for as long as all rows have the same: a run's learning rate and ε are mostly constants, and the
/// million rows of a run are memory that is new to the process. Rows are written in their order; what was written may be read meanwhile.
/// </summary>
internal sealed class SteadyColumn(int rows)
{
    double same;
    double[]? each;

    public double this[int row]
    {
        get => Volatile.Read(ref each) is { } values ? values[row] : same;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set
        {
            if (each is not null || BitConverter.DoubleToInt64Bits(value) != BitConverter.DoubleToInt64Bits(same))
                Write(row, value);
        }
    }

    /// <summary>A copy of some rows.</summary>
    public double[] ToArray(int from, int count)
    {
        var copy = new double[count];
        for (int i = 0; i < count; i++)
            copy[i] = this[from + i];
        return copy;
    }

    void Write(int row, double value)
    {
        if (each is null && row == 0)
        {
            same = value;
            return;
        }

        if (each is null)
        {
            var values = new double[rows];
            values.AsSpan(0, row).Fill(same);
            Volatile.Write(ref each, values);
        }

        each[row] = value;
    }
}
