namespace GridWorld;

/// <summary>A column of a table in a cell.</summary>
/// <param name="Name">The heading.</param>
/// <param name="Type">The type, in one word; empty if it is obvious.</param>
/// <param name="IsNumeric">Whether the column is right-aligned.</param>
/// <param name="At">Gets the value in a row; rows count from 0.</param>
internal sealed record TableColumn(string Name, string Type, bool IsNumeric, Func<long, object?> At);
