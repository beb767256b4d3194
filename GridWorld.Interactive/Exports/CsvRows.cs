using System.Text;

namespace GridWorld;

/// <summary>Reads CSV (RFC 4180): a field in quotes may contain commas, line ends, and quotes written twice.</summary>
internal static class CsvRows
{
    /// <summary>The fields of each row; empty lines are left out.</summary>
    /// <exception cref="InputException">The last field in quotes does not end.</exception>
    public static IEnumerable<string[]> Read(TextReader from)
    {
        var (fields, field, isQuoted) = (new List<string>(), new StringBuilder(), false);
        for (int next; (next = from.Read()) >= 0;)
        {
            char c = (char)next;
            if (c == '"' && isQuoted && from.Peek() == '"')
                field.Append((char)from.Read());
            else if (c == '"')
                isQuoted = !isQuoted;
            else if (isQuoted || c is not (',' or '\r' or '\n'))
                field.Append(c);
            else if (c == ',')
                EndField();
            else if (EndRow() is { } row)
                yield return row;
        }

        if (isQuoted)
            throw new InputException("a field in quotes does not end.");
        if (EndRow() is { } last)
            yield return last;

        void EndField()
        {
            fields.Add(field.ToString());
            field.Clear();
        }

        string[]? EndRow()
        {
            if (fields.Count == 0 && field.Length == 0)
                return null;
            EndField();
            string[] row = [.. fields];
            fields.Clear();
            return row;
        }
    }
}
