namespace GridWorld;

/// <summary>A column of a table: its name, the type of its cells and how a cell is read from a row.</summary>
internal abstract class Column<TRow>(string name)
{
    public string Name => name;

    /// <summary>The type of the cells: a nullable type such as <c>int?</c> if a cell may be null. A string may always be null.</summary>
    public abstract Type Type { get; }

    public abstract object? Cell(TRow row);

    /// <summary>The cells of some rows, as an array of their type.</summary>
    public abstract Array Values(IReadOnlyList<TRow> rows);
}

/// <inheritdoc/>
internal sealed class Column<TRow, TCell>(string name, Func<TRow, TCell> read) : Column<TRow>(name)
{
    public override Type Type => typeof(TCell);

    public override object? Cell(TRow row) => read(row);

    public override Array Values(IReadOnlyList<TRow> rows) => rows.Select(read).ToArray();
}
