using System.Text;

namespace GridWorld;

/// <summary>Reads CSV (RFC 4180). A quoted field can contain commas, line breaks and doubled quotes.</summary>
internal static class CsvRows
{
    /// <summary>Reads the fields of each row, without empty lines.</summary>
    /// <exception cref="InputException">The last quoted field does not end.</exception>
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
            throw new InputException("a quoted field does not end.");
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
