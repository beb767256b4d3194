using Microsoft.Data.Analysis;

namespace GridWorld;

/// <summary>A table with readable text. In a DataFrame's own text, long numbers run into the next column.</summary>
internal sealed class Frame(params DataFrameColumn[] columns) : DataFrame(columns)
{
    public static Frame Of<TRow>(Column<TRow>[] columns, IReadOnlyList<TRow> rows) =>
        new(Array.ConvertAll(columns, c => GridWorld.Columns.Of(c.Name, c.Values(rows))));

    public override string ToString() => FrameOutput.Text(this);
}
