using Parquet;
using Parquet.Schema;

namespace GridWorld;

/// <summary>
/// Reads a Q-table from a Parquet file, one row group at a time. Checks the number of rows before it allocates memory for
/// them; the library itself allocates what the head of a damaged page claims.
/// </summary>
internal static class ParquetTable
{
    /// <param name="path">The file.</param>
    /// <param name="most">The maximum number of rows.</param>
    public static IEnumerable<(long State, long Action, double Q)> Read(string path, long most)
    {
        using var file = new StrictFile(path);
        var reader = Wait(() =>
        {
            ParquetFooter.Check(file);
            return ParquetReader.CreateAsync(file);
        });
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
                double[] values = Values<double>(group, q, rows);
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

    static long[] Whole(ParquetRowGroupReader group, DataField field, int rows) => field.ClrType == typeof(long)
        ? Values<long>(group, field, rows) : Array.ConvertAll(Values<int>(group, field, rows), n => (long)n);

    // Pandas and Polars write columns that may lack values.
    static T[] Values<T>(ParquetRowGroupReader group, DataField field, int rows) where T : struct
    {
        var values = new T[rows];
        Memory<int>? levels = null;
        if (field.IsNullable)
            levels = new int[rows];
        Wait(async () =>
        {
            await group.ReadRawAsync<T>(field, values, levels, null);
            return true;
        });
        return levels?.Span.Contains(0) != true ? values : throw new InputException($"column '{field.Name}' has rows without a value.");
    }

    static T Wait<T>(Func<Task<T>> work) => Task.Run(work).GetAwaiter().GetResult();

    /// <summary>
    /// A file for the library's reader, which reads the heads of pages byte by byte, and takes the end of the file for a byte.
    /// </summary>
    sealed class StrictFile(string path) : FileStream(path, FileMode.Open, FileAccess.Read)
    {
        public override int ReadByte() => base.ReadByte() is >= 0 and var next
            ? next : throw new EndOfStreamException("The file ends in the middle of a number.");
    }
}
