using Parquet;
using Parquet.Schema;

namespace GridWorld;

/// <summary>Writes rows as Parquet, one row group at a time, so that memory use is that of one group.</summary>
internal sealed class ParquetRows
{
    const int GroupRows = 1 << 16;
    readonly Column[] columns;
    readonly ParquetWriter writer;
    int count;

    public ParquetRows(Stream to, IReadOnlyList<string> names, IReadOnlyList<Type> types)
    {
        columns = [.. names.Zip(types, Column.Of)];
        writer = Task.Run(() => ParquetWriter.CreateAsync(new ParquetSchema(columns.Select(c => c.Field)), to,
            new() { CompressionMethod = CompressionMethod.Snappy })).GetAwaiter().GetResult();
    }

    public void Add(object?[] cells)
    {
        for (int i = 0; i < columns.Length; i++)
            columns[i].Set(count, cells[i]);
        if (++count == GroupRows)
            Flush();
    }

    /// <summary>Writes the last group and the end of the file.</summary>
    public void Complete()
    {
        if (count > 0)
            Flush();
        Wait(() => writer.DisposeAsync().AsTask());
    }

    void Flush()
    {
        Wait(async () =>
        {
            using var group = writer.CreateRowGroup();
            foreach (var column in columns)
                await column.WriteAsync(group, count);
        });
        count = 0;
    }

    // On the thread pool, because continuations could wait for the caller's synchronization context.
    static void Wait(Func<Task> work) => Task.Run(work).GetAwaiter().GetResult();

    /// <summary>Buffers the cells of one column until their group is written.</summary>
    abstract class Column(DataField parquetField)
    {
        public DataField Field => parquetField;

        public abstract void Set(int row, object? cell);

        public abstract Task WriteAsync(ParquetRowGroupWriter group, int rows);

        public static Column Of(string name, Type type) => type switch
        {
            _ when type == typeof(int) => new Values<int>(name),
            _ when type == typeof(long) => new Values<long>(name),
            _ when type == typeof(double) => new Values<double>(name),
            _ when type == typeof(bool) => new Values<bool>(name),
            _ when type == typeof(int?) => new Optional<int>(name),
            _ when type == typeof(double?) => new Optional<double>(name),
            _ when type == typeof(string) => new Texts(name),
            _ when type == typeof(DateTimeOffset) => new Times(name),
            _ => throw new NotSupportedException($"No Parquet column holds {type}."),
        };
    }

    sealed class Values<T>(string name) : Column(new DataField<T>(name)) where T : struct
    {
        readonly T[] values = new T[GroupRows];

        public override void Set(int row, object? cell) => values[row] = (T)cell!;

        public override Task WriteAsync(ParquetRowGroupWriter group, int rows) => group.WriteAsync<T>(Field, values.AsMemory(0, rows));
    }

    sealed class Optional<T>(string name) : Column(new DataField<T?>(name)) where T : struct
    {
        readonly T?[] values = new T?[GroupRows];

        public override void Set(int row, object? cell) => values[row] = (T?)cell;

        public override Task WriteAsync(ParquetRowGroupWriter group, int rows) => group.WriteAsync<T>(Field, values.AsMemory(0, rows));
    }

    sealed class Texts(string name) : Column(new DataField<string>(name))
    {
        readonly string?[] values = new string?[GroupRows];

        public override void Set(int row, object? cell) => values[row] = (string?)cell;

        public override Task WriteAsync(ParquetRowGroupWriter group, int rows) =>
            group.WriteAsync(Field, new ArraySegment<string>(values!, 0, rows));
    }

    sealed class Times(string name)
        : Column(new DateTimeDataField(name, DateTimeFormat.Timestamp, isAdjustedToUTC: true, DateTimeTimeUnit.Micros))
    {
        readonly DateTime[] values = new DateTime[GroupRows];

        public override void Set(int row, object? cell) => values[row] = ((DateTimeOffset)cell!).UtcDateTime;

        public override Task WriteAsync(ParquetRowGroupWriter group, int rows) =>
            group.WriteAsync<DateTime>(Field, values.AsMemory(0, rows));
    }
}
