namespace GridWorld;

/// <summary>Rows under named columns, made while they are written. A cell is null, a bool, a number, a text or a list of whole numbers.</summary>
/// <param name="Columns">Their names.</param>
/// <param name="Types">What their cells are, for files that have to know beforehand; <c>int?</c> and the like where a cell may be null, as a text always may.</param>
/// <param name="Rows">A cell a column.</param>
internal sealed record RowTable(IReadOnlyList<string> Columns, IReadOnlyList<Type> Types, IEnumerable<object?[]> Rows)
{
    public static RowTable Of<TRow>(Column<TRow>[] columns, IEnumerable<TRow> rows) =>
        new(Array.ConvertAll(columns, c => c.Name), Array.ConvertAll(columns, c => c.Type), rows.Select(row => Array.ConvertAll(columns, c => c.Cell(row))));
}
