namespace GridWorld;

/// <summary>
/// A table whose rows are created while they are written. A cell is null, a bool, a number, a string or a list of whole numbers.
/// </summary>
/// <param name="Columns">Names of the columns.</param>
/// <param name="Types">
/// Types of the cells, for files that need them in advance: a nullable type such as <c>int?</c> if a cell may be null. A string may always
/// be null.
/// </param>
/// <param name="Rows">The rows, with one cell per column.</param>
internal sealed record RowTable(IReadOnlyList<string> Columns, IReadOnlyList<Type> Types, IEnumerable<object?[]> Rows)
{
    public static RowTable Of<TRow>(Column<TRow>[] columns, IEnumerable<TRow> rows) =>
        new(Array.ConvertAll(columns, c => c.Name), Array.ConvertAll(columns, c => c.Type),
        rows.Select(row => Array.ConvertAll(columns, c => c.Cell(row))));
}
