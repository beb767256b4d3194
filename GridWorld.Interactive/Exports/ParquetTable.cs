using Parquet;
using Parquet.Schema;

namespace GridWorld;

/// <summary>
/// Reads a Q-table from a Parquet file, one row group at a time. Checks the number of rows before it allocates memory for
/// them; the library itself allocates what the footer of a damaged file claims.
/// </summary>
internal static class ParquetTable
{
    /// <param name="path">The file.</param>
    /// <param name="most">The maximum number of rows.</param>
    public static IEnumerable<(long State, long Action, double Q)> Read(string path, long most)
    {
        using var file = ParquetFooter.Open(path);
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
