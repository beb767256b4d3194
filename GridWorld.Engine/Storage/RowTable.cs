namespace GridWorld;

/// <summary>Rows under named columns, made while they are written. A cell is null, a bool, a number, a text or a list of whole numbers.</summary>
internal sealed record RowTable(IReadOnlyList<string> Columns, IEnumerable<object?[]> Rows);
