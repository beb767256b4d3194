using Microsoft.Data.Analysis;

namespace GridWorld;

/// <summary>A table that prints readably: a DataFrame's own text lets long numbers run into the next column.</summary>
internal sealed class Frame(params DataFrameColumn[] columns) : DataFrame(columns)
{
    public static Frame Of<TRow>(Column<TRow>[] columns, IReadOnlyList<TRow> rows) =>
        new(Array.ConvertAll(columns, c => GridWorld.Columns.Of(c.Name, c.Values(rows))));

    public override string ToString() => FrameOutput.Text(this);
}
