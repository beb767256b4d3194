using System.Globalization;
using System.Text.Json;

namespace GridWorld;

/// <summary>
/// Loads action values from files, to start a run from them. Reads the files of <see cref="Exports.ExportQTable(RunView, string)"/> and
/// other files with the columns state, action and q.
/// </summary>
public static class QTableFile
{
    static readonly string[] Endings = [".csv", ".json", ".jsonl", ".parquet", ".npz"];

    /// <summary>Reads the values of every state and action of a world.</summary>
    /// <param name="path">
    /// The file: .csv, .json, .jsonl or .parquet with the columns state, action and q, with one row per pair in any order; or .npz with a
    /// float64 array q of [state, action].
    /// </param>
    /// <param name="world">The world of the values.</param>
    /// <exception cref="InputException">
    /// The file cannot be read; a pair is missing, repeated or outside the world; or a value is NaN or infinite.
    /// </exception>
    public static InitialQ Load(string path, World world)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(world);
        string ending = Path.GetExtension(path).ToLowerInvariant(), name = Printable.Text(path);
        new Faults().Require(Endings.Contains(ending), $"Cannot read a Q-table from '{name}'. "
            + $"The file name must end in {string.Join(", ", Endings[..^1])} or {Endings[^1]}.").ThrowIfAny();
        try
        {
            return new(ending == ".npz" ? NumpyTable.Read(path, "q", world.States, world.Actions) : Collect(ending switch
            {
                ".csv" => Csv(path),
                ".parquet" => ParquetTable.Read(path, world.States * world.Actions).Select(r => new QRow(r.State, r.Action, r.Q)),
                _ => Json(path, ending == ".jsonl"),
            }, world));
        }
        catch (InputException e)
        {
            throw new InputException([.. e.Errors.Select(error => $"The Q-table '{name}' does not fit: {error}")]);
        }
        catch (Exception e)
        {
            // A foreign file can make a reader throw anything, and the sizes in it can exceed all memory.
            throw new InputException($"The Q-table '{name}' cannot be read: {Printable.Text(e.Message, 200)}");
        }
    }

    static double[] Collect(IEnumerable<QRow> rows, World world)
    {
        var (values, given, faults) = (new double[world.States * world.Actions], new bool[world.States * world.Actions], new Faults());
        long number = 0;
        foreach (var row in rows.TakeWhile(_ => !faults.IsFull))
        {
            number++;
            long pair = row.IsPairOf(world) ? (long)row.State * world.Actions + (long)row.Action : -1;
            faults.Require(row.Fault is null, $"row {number}: {row.Fault}.");
            if (row.Fault is not null)
                continue;
            faults.Require(pair >= 0, $"row {number} has state {row.State} and action {row.Action}; "
                + $"the world has states 0 to {world.States - 1} and actions 0 to {world.Actions - 1}.")
                .Require(pair < 0 || !given[pair], $"row {number} repeats state {row.State} and action {row.Action}.")
                .Require(double.IsFinite(row.Q), $"row {number}: q must be finite (got {row.Q}).");
            if (pair >= 0)
                (values[pair], given[pair]) = (row.Q, true);
        }

        faults.ThrowIfAny();
        int missing = Array.IndexOf(given, false);
        return missing < 0
            ? values : throw new InputException(
                $"there is no value for state {missing / world.Actions} and action {missing % world.Actions}.");
    }

    static IEnumerable<QRow> Csv(string path)
    {
        using var text = new StreamReader(path);
        int[]? places = null;
        foreach (string[] fields in CsvRows.Read(text))
        {
            if (places is not null)
            {
                yield return QRow.Of(i => places[i] < fields.Length ? fields[places[i]] : "",
                    cell => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null);
                continue;
            }

            places = [.. QRow.Columns.Select(column => Array.FindIndex(fields, field => field.Trim() == column))];
            if (places.Contains(-1))
                throw new InputException("its first line must name the columns state, action and q.");
        }
    }

    static IEnumerable<QRow> Json(string path, bool lines)
    {
        if (lines)
        {
            foreach (string line in File.ReadLines(path).Where(line => line.Length > 0))
            {
                using var row = JsonDocument.Parse(line);
                yield return Row(row.RootElement);
            }

            yield break;
        }

        using var stream = File.OpenRead(path);
        using var document = JsonDocument.Parse(stream);
        foreach (var row in document.RootElement.EnumerateArray())
            yield return Row(row);

        static QRow Row(JsonElement row) => QRow.Of(
            i => row.ValueKind == JsonValueKind.Object && row.TryGetProperty(QRow.Columns[i], out var value) ? value : default,
            value => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null);
    }

    /// <summary>A row of the file, with an error if it cannot be read.</summary>
    readonly record struct QRow(double State, double Action, double Q, string? Fault = null)
    {
        public static readonly string[] Columns = ["state", "action", "q"];

        /// <summary>
        /// Whether state and action are a pair of the world. They are doubles, because a table of floating-point numbers can contain 0.0.
        /// </summary>
        public bool IsPairOf(World world) =>
            State >= 0 && State < world.States && Action >= 0 && Action < world.Actions && double.IsInteger(State)
            && double.IsInteger(Action);

        public static QRow Of<T>(Func<int, T> cell, Func<T, double?> number)
        {
            var (cells, numbers) = (new T[Columns.Length], new double?[Columns.Length]);
            for (int i = 0; i < cells.Length; i++)
                numbers[i] = number(cells[i] = cell(i));
            int wrong = Array.IndexOf(numbers, null);
            return wrong < 0
                ? new(numbers[0]!.Value, numbers[1]!.Value, numbers[2]!.Value)
                : new(0, 0, 0, $"{Columns[wrong]} must be a number (got {Printable.Text($"{cells[wrong]}")})");
        }
    }
}
