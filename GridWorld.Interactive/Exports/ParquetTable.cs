using System.Buffers.Binary;
using Parquet;
using Parquet.Schema;

namespace GridWorld;

/// <summary>
/// Reads a Q-table from a Parquet file, one row group at a time. Checks the sizes in the file before it allocates memory for them.
/// </summary>
internal static class ParquetTable
{
    // "PAR1", …, the length of the footer, "PAR1".
    const int Frame = 12;

    /// <param name="path">The file.</param>
    /// <param name="most">The maximum number of rows.</param>
    public static IEnumerable<(long State, long Action, double Q)> Read(string path, long most)
    {
        CheckFooter(path);
        var reader = Wait(() => ParquetReader.CreateAsync(path));
        try
        {
            DataField state = Field("state"), action = Field("action"), q = Field("q");
            long all = 0;
            for (int i = 0; i < reader.RowGroupCount; i++)
            {
                using var group = reader.OpenRowGroupReader(i);
                all += group.RowCount;
                if (group.RowCount < 0 || all > most)
                    throw new InputException($"it has more rows than the world has pairs of state and action, {most}.");
                int rows = (int)group.RowCount;
                long[] states = Whole(group, state, rows), actions = Whole(group, action, rows);
                var values = new double[rows];
                Wait(group, q, values);
                for (int row = 0; row < rows; row++)
                    yield return (states[row], actions[row], values[row]);
            }
        }
        finally
        {
            Task.Run(async () => await reader.DisposeAsync()).GetAwaiter().GetResult();
        }

        DataField Field(string name) => reader.Schema.DataFields.FirstOrDefault(f => f.Name == name)
            ?? throw new InputException($"it has no column '{name}'; it must have state, action and q.");
    }

    static void CheckFooter(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> end = stackalloc byte[8];
        if (file.Length < Frame)
            throw new InvalidDataException("The file is too short for a Parquet file.");
        file.Seek(-end.Length, SeekOrigin.End);
        file.ReadExactly(end);
        if (BinaryPrimitives.ReadInt32LittleEndian(end) is var footer && (footer < 0 || footer > file.Length - Frame))
            throw new InvalidDataException($"Its footer claims {footer} bytes of {file.Length}.");
    }

    static long[] Whole(ParquetRowGroupReader group, DataField field, int rows)
    {
        var wide = new long[rows];
        if (field.ClrType == typeof(long))
        {
            Wait(group, field, wide);
            return wide;
        }

        var narrow = new int[rows];
        Wait(group, field, narrow);
        return Array.ConvertAll(narrow, n => (long)n);
    }

    static void Wait<T>(ParquetRowGroupReader group, DataField field, T[] into) where T : struct => Wait(async () =>
    {
        await group.ReadAsync<T>(field, into.AsMemory());
        return true;
    });

    static T Wait<T>(Func<Task<T>> work) => Task.Run(work).GetAwaiter().GetResult();
}
