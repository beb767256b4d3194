using System.Globalization;
using System.Text.RegularExpressions;

namespace GridWorld;

/// <summary>
/// Reads filters of rows: <c>epsilon &lt; 0.1</c>, <c>learner = sarsa</c>, and plain words, which the row must contain. All parts must
/// hold. The page's table of runs reads the same language.
/// </summary>
internal static class RowFilter
{
    const int Longest = 1000;

    static readonly Regex Token = new(
        "\"(?<quoted>[^\"]*)\"|(?<operator>[<>!=]=|[<>=:≠≤≥])|[^\\s\"<>=:≠≤≥!]+|(?<stray>\\S)", RegexOptions.CultureInvariant);
    static readonly Regex Thousands = new(@"^[+-]?[1-9]\d{0,2}(,\d{3})+$", RegexOptions.CultureInvariant);
    static readonly Regex Digits = new(@"\d+", RegexOptions.CultureInvariant);

    /// <param name="text">The filter; null lets everything through.</param>
    /// <param name="fields">The fields that can be compared.</param>
    /// <param name="words">The text of a row that plain words are looked for in.</param>
    /// <exception cref="InputException">The text is no filter.</exception>
    public static Func<T, bool> Read<T>(string? text, IReadOnlyList<RowField<T>> fields, Func<T, string> words)
    {
        if (text is { Length: > Longest })
            throw new InputException($"A filter must have at most {Longest} characters.");
        var tokens = Tokens(text ?? "");
        var (tests, before) = (new List<Func<T, bool>>(), new List<string>());
        for (var k = 0; k < tokens.Count; k++)
        {
            if (!tokens[k].IsOperator)
            {
                before.Add(tokens[k].Text);
                continue;
            }

            var symbol = tokens[k].Text;
            var (field, length) = Field(before, fields) ?? throw NoField(before, symbol, fields);
            before.RemoveRange(before.Count - length, length);
            var value = ++k < tokens.Count && !tokens[k].IsOperator ? tokens[k].Text
                : throw new InputException($"A value is missing after '{field.Key} {symbol}'.");
            tests.AddRange(before.Select(Contains));
            before.Clear();
            tests.Add(Compare(field, symbol, value));
        }

        tests.AddRange(before.Select(Contains));
        return row => tests.TrueForAll(test => test(row));

        Func<T, bool> Contains(string word) => row => words(row).Contains(word, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Sorts by a field, or by a field after a minus sign in falling order. Rows without a value come last.</summary>
    /// <exception cref="InputException">There is no such field.</exception>
    public static IEnumerable<T> Sort<T>(IEnumerable<T> rows, string? sort, IReadOnlyList<RowField<T>> fields)
    {
        if (sort is null)
            return rows;
        var (isFalling, key) = sort.StartsWith('-') ? (true, sort[1..]) : (false, sort);
        var field = fields.FirstOrDefault(f => f.Key == key) ?? throw new InputException(
            $"sort must be one of {Names(fields)}, or one of them after a minus sign (got {Printable.Text(QueryInput.Cut(sort))}).");
        var keyed = rows.Select(row => (Row: row, Key: KeyOf(field.Of(row)))).OrderBy(r => r.Key.Kind == 2);
        return (isFalling ? keyed.ThenByDescending(r => r.Key) : keyed.ThenBy(r => r.Key)).Select(r => r.Row);
    }

    static (RowField<T> Field, int Length)? Field<T>(List<string> before, IReadOnlyList<RowField<T>> fields)
    {
        // The name of a field may be written in several words.
        foreach (var length in new[] { 3, 2, 1 }.Where(n => n <= before.Count))
        {
            var key = string.Join('_', before.TakeLast(length)).Replace('-', '_');
            if (fields.FirstOrDefault(f => f.Key.Equals(key, StringComparison.OrdinalIgnoreCase)) is { } found)
                return (found, length);
        }

        return null;
    }

    static InputException NoField<T>(List<string> before, string symbol, IReadOnlyList<RowField<T>> fields) => new(before.Count == 0
        ? $"Nothing stands before '{symbol}'. Write, for example, {fields[0].Key} {symbol} 1."
        : $"There is no column '{Printable.Text(before[^1])}'. Use one of {Names(fields)}.");

    static string Names<T>(IReadOnlyList<RowField<T>> fields) => string.Join(", ", fields.Select(f => f.Key));

    static Func<T, bool> Compare<T>(RowField<T> field, string symbol, string text)
    {
        double? wanted = Number(text);
        if (symbol is "=" or "!=")
        {
            return row => (symbol == "=") == (field.Of(row) switch
            {
                null => false,
                double number => number == wanted,
                var value => value.ToString()!.Equals(text, StringComparison.OrdinalIgnoreCase),
            });
        }

        if (wanted is not { } limit)
        {
            throw new InputException($"'{Printable.Text(text)}' is not a number, so {field.Key} {symbol} {Printable.Text(text)} "
                + "cannot be decided.");
        }

        return row => field.Of(row) is double number && symbol switch
        {
            "<" => number < limit,
            "<=" => number <= limit,
            ">" => number > limit,
            _ => number >= limit,
        };
    }

    static List<(string Text, bool IsOperator)> Tokens(string text)
    {
        var tokens = new List<(string, bool)>();
        foreach (Match match in Token.Matches(text))
        {
            if (match.Groups["stray"] is { Success: true, Value: var stray })
            {
                throw new InputException(stray == "\"" ? "A quotation mark is not closed."
                    : $"'{Printable.Text(stray)}' has no meaning here.");
            }

            if (match.Groups["operator"] is { Success: true, Value: var symbol })
                tokens.Add((symbol switch { "≠" => "!=", "≤" => "<=", "≥" => ">=", ":" or "==" => "=", _ => symbol }, true));
            else
                tokens.Add((match.Groups["quoted"] is { Success: true } quoted ? quoted.Value : match.Value, false));
        }

        return tokens;
    }

    // With a point or a comma before the decimals. 1,000 can be a thousand as well as a 1.
    static double? Number(string text)
    {
        var plain = text.Replace('−', '-');
        return !Thousands.IsMatch(plain) && double.TryParse(plain.Replace(',', '.'),
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture,
            out var number) ? number : null;
    }

    // Numbers, then texts, in which run-2 stands before run-10; rows without a value last.
    static (int Kind, double Number, string Text) KeyOf(object? value) => value switch
    {
        null or double.NaN => (2, 0, ""),
        double number => (0, number, ""),
        var text => (1, 0, Digits.Replace(text.ToString()!.ToLowerInvariant(), digits => digits.Value.PadLeft(20, '0'))),
    };
}
