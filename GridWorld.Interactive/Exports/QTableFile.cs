using System.Globalization;
using System.Text.Json;

namespace GridWorld;

/// <summary>Action values from files, for a warm start: those that <see cref="Exports.ExportQTable(Run, string)"/> writes, and others that have state, action and q.</summary>
public static class QTableFile
{
    static readonly string[] Endings = [".csv", ".json", ".jsonl", ".parquet", ".npz"];

    /// <summary>Reads the values of every state and action of a world.</summary>
    /// <param name="path">The file: .csv, .json, .jsonl or .parquet with columns state, action and q, a row a pair in any order; or .npz with an array q of [state, action], float64.</param>
    /// <param name="world">The world they are for.</param>
    /// <exception cref="InputException">The file cannot be read, a pair is missing, given twice or outside the world, or a value is not finite.</exception>
    public static InitialQ Load(string path, World world)
    {
        string ending = Path.GetExtension(path).ToLowerInvariant(), name = Printable.Text(path);
        new Faults().Require(Endings.Contains(ending), $"The file '{name}' is of no kind that a Q-table is read from. It may end in {string.Join(", ", Endings[..^1])} or {Endings[^1]}.").ThrowIfAny();
        try
        {
            return new(ending == ".npz" ? NumpyTable.Read(path, "q", world.States, world.Actions) : Collect(ending switch
            {
                ".csv" => Csv(path),
                ".parquet" => ParquetTable.Read(path),
                _ => Json(path, ending == ".jsonl"),
            }, world));
        }
        catch (InputException e)
        {
            throw new InputException($"The Q-table '{name}' does not fit: {e.Message}");
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever a file that is none of ours makes a reader throw.
            throw new InputException($"The Q-table '{name}' cannot be read: {Printable.Text(e.Message, 200)}");
        }
    }

    static double[] Collect(IEnumerable<(long State, long Action, double Q)> rows, World world)
    {
        var values = new double[world.States * world.Actions];
        var given = new bool[values.Length];
        long row = 0;
        foreach (var (state, action, q) in rows)
        {
            row++;
            if (state < 0 || state >= world.States || action < 0 || action >= world.Actions)
                throw new InputException($"row {row} is of state {state} and action {action}; the world has states 0 to {world.States - 1} and actions 0 to {world.Actions - 1}.");
            long pair = state * world.Actions + action;
            if (given[pair])
                throw new InputException($"row {row} gives state {state} and action {action} a second time.");
            (values[pair], given[pair]) = (q, true);
        }

        int missing = Array.IndexOf(given, false);
        return missing < 0 ? values : throw new InputException($"there is no value for state {missing / world.Actions} and action {missing % world.Actions}.");
    }

    static IEnumerable<(long, long, double)> Csv(string path)
    {
        int[]? places = null;
        foreach (string line in File.ReadLines(path).Where(line => line.Length > 0))
        {
            string[] cells = line.Split(',');
            if (places is null)
            {
                places = [Array.IndexOf(cells, "state"), Array.IndexOf(cells, "action"), Array.IndexOf(cells, "q")];
                if (places.Contains(-1))
                    throw new InputException("its first line must name the columns state, action and q.");
                continue;
            }

            yield return (long.Parse(cells[places[0]], CultureInfo.InvariantCulture), long.Parse(cells[places[1]], CultureInfo.InvariantCulture), double.Parse(cells[places[2]], CultureInfo.InvariantCulture));
        }
    }

    static IEnumerable<(long, long, double)> Json(string path, bool lines)
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

        static (long, long, double) Row(JsonElement row) => (row.GetProperty("state").GetInt64(), row.GetProperty("action").GetInt64(), row.GetProperty("q").GetDouble());
    }
}
