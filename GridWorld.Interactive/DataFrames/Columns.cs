using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Data.Analysis;

namespace GridWorld;

/// <summary>Creates columns from whole arrays. Adding values one by one takes many times longer.</summary>
internal static class Columns
{
    public static Int32DataFrameColumn Of(string name, ReadOnlySpan<int> values) =>
        new(name, Bytes(values), AllSet(values.Length), values.Length, 0);

    public static Int64DataFrameColumn Of(string name, ReadOnlySpan<long> values) =>
        new(name, Bytes(values), AllSet(values.Length), values.Length, 0);

    public static DoubleDataFrameColumn Of(string name, ReadOnlySpan<double> values) =>
        new(name, Bytes(values), AllSet(values.Length), values.Length, 0);

    public static BooleanDataFrameColumn Of(string name, bool[] values) => new(name, values);

    public static BooleanDataFrameColumn Of(string name, bool?[] values) => new(name, values);

    public static DateTimeDataFrameColumn Of(string name, IEnumerable<DateTimeOffset> values) =>
        new(name, values.Select(v => v.UtcDateTime));

    public static StringDataFrameColumn Of(string name, IEnumerable<string?> values) => new(name, values);

    /// <summary>Creates a column of the array's element type. Numbers that can exceed a long become text.</summary>
    public static DataFrameColumn Of(string name, Array values) => values switch
    {
        // Not as a type pattern, which also matches an array of longs.
        _ when values.GetType() == typeof(ulong[]) => Of(name, values.Cast<ulong>().Select(n => n.ToString(CultureInfo.InvariantCulture))),
        int[] whole => Of(name, whole),
        long[] whole => Of(name, whole),
        long?[] whole => new Int64DataFrameColumn(name, whole),
        bool[] flags => Of(name, flags),
        bool?[] flags => Of(name, flags),
        double[] numbers => Of(name, numbers),
        double?[] known => Of(name, known),
        IEnumerable<string?> texts => Of(name, texts),
        IEnumerable<DateTimeOffset> times => Of(name, times),
        _ => throw new NotSupportedException($"No column holds {values.GetType()}."),
    };

    /// <summary>Creates the array for a column's values. Counts of an episode are doubles, because their means are.</summary>
    public static Array Room(EpisodeColumn column, int rows) =>
        column.Type == typeof(long)
        ? new long[rows] : column.IsFlag ? new bool[rows] : column.MayLack ? new double?[rows] : new double[rows];

    /// <summary>Copies a column of some rows into an array of <see cref="Room"/>.</summary>
    public static void Fill(Array room, int at, EpisodeColumn column, EpisodeRecord[] rows)
    {
        switch (room)
        {
            case long[] whole: Each((row, value) => whole[row] = (long)value!.Value); break;
            case bool[] flags: Each((row, value) => flags[row] = value != 0); break;
            case double?[] known: Each((row, value) => known[row] = value); break;
            case double[] numbers: Each((row, value) => numbers[row] = value!.Value); break;
        }

        void Each(Action<int, double?> put)
        {
            foreach (var row in rows)
                put(at++, column.Read(row));
        }
    }

    /// <summary>Creates a column of numbers with missing values.</summary>
    public static DoubleDataFrameColumn Of(string name, double?[] values)
    {
        var numbers = new double[values.Length];
        var set = new byte[(values.Length + 7) / 8];
        int missing = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] is { } value)
            {
                numbers[i] = value;
                set[i / 8] |= (byte)(1 << i % 8);
            }
            else
            {
                missing++;
            }
        }

        return new(name, Bytes<double>(numbers), set, values.Length, missing);
    }

    /// <summary>Creates a column without values.</summary>
    public static DoubleDataFrameColumn Missing(string name, int rows) =>
        new(name, Bytes<double>(new double[rows]), new byte[(rows + 7) / 8], rows, rows);

    static byte[] Bytes<T>(ReadOnlySpan<T> values) where T : unmanaged => MemoryMarshal.AsBytes(values).ToArray();

    static byte[] AllSet(int rows)
    {
        var set = new byte[(rows + 7) / 8];
        Array.Fill(set, byte.MaxValue);
        return set;
    }
}
