using Microsoft.Data.Analysis;

namespace GridWorld;

/// <summary>A DataFrame as a table in a cell, and as text.</summary>
internal static class FrameOutput
{
    public static CellOutput Of(DataFrame frame) => TableOutput.Of(Columns(frame), frame.Rows.Count);

    public static string Text(DataFrame frame) => TableOutput.Text(Columns(frame), frame.Rows.Count);

    static List<TableColumn> Columns(DataFrame frame) =>
        [.. frame.Columns.Select(column => new TableColumn(column.Name, TypeName(column), column.IsNumericColumn(), row => column[row]))];

    static string TypeName(DataFrameColumn column) =>
        column.DataType == typeof(int) ? "int" : column.DataType == typeof(long) ? "long" : column.DataType == typeof(float) ? "float"
        : column.DataType == typeof(DateTime) ? "UTC" : column.DataType.Name.ToLowerInvariant();
}
