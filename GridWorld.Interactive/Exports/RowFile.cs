using System.Text;

namespace GridWorld;

/// <summary>Writes rows one at a time, in the format that the file extension selects.</summary>
internal static class RowFile
{
    public static readonly string[] Endings = [".csv", ".json", ".jsonl", ".parquet"];

    /// <returns>The number of rows written.</returns>
    public static long Write(RowTable table, Stream to, string ending)
    {
        long count = 0;
        table = table with { Rows = table.Rows.Select(Counted) };
        switch (ending)
        {
            case ".csv":
                using (var text = new StreamWriter(to, new UTF8Encoding(false), 1 << 16, leaveOpen: true))
                    CsvExport.Write(table, text);
                break;
            case ".json":
                JsonLinesExport.WriteArray(table, to);
                break;
            case ".jsonl":
                JsonLinesExport.Write(table, to);
                break;
            default:
                var rows = new ParquetRows(to, table.Columns, table.Types);
                foreach (var row in table.Rows)
                    rows.Add(row);
                rows.Complete();
                break;
        }

        return count;

        object?[] Counted(object?[] row)
        {
            count++;
            return row;
        }
    }
}
