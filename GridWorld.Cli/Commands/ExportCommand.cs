using System.CommandLine;
using System.Text;

namespace GridWorld.Cli;

/// <summary>Writes what a stored run holds into a file.</summary>
internal static class ExportCommand
{
    static readonly Option What = Options.Value("--what", "metrics|q-table|trajectories|events|policy", "What to write.");
    static readonly Option Last = Options.Value("--last", "N", "With trajectories: only the last N episodes. Default: all.");
    static readonly Option OutputFile = Options.Value("--output-file", "F", "The file: .csv, .jsonl or .json.");

    public static Command Make() => CommandAction.Command("export", "Write what a stored run holds into a file.",
        [RunInput.Runs, What, Last, OutputFile, Options.Store, Options.Json], Run);

    static void Run(Given given)
    {
        var table = given.Choice<int>(What, ("metrics", 0), ("q-table", 1), ("events", 2), ("policy", 3), ("trajectories", 4));
        long last = given.Whole(Last, 1, long.MaxValue) ?? long.MaxValue;
        given.Faults.Require(given.Has(What), "Say what to write with --what: metrics, q-table, trajectories, events or policy.")
            .Require(!given.Has(Last) || !given.Has(What) || table == 4, "--last goes with --what trajectories.");
        string path = given.Text(OutputFile) ?? "";
        string kind = Path.GetExtension(path).ToLowerInvariant();
        given.Faults.Require(path.Length > 0, "Name the file with --output-file; it may end in .csv, .jsonl or .json.")
            .Require(path.Length == 0 || kind is ".csv" or ".jsonl" or ".json", $"The output file '{Printable.Text(path)}' is of no known kind. It may end in .csv, .jsonl or .json.");
        var view = RunInput.View(given, RunInput.One(given));
        var rows = table switch
        {
            0 => RunTables.Metrics(view),
            1 => RunTables.QTable(view),
            2 => RunTables.Events(view),
            4 => RunTables.Steps(view.World, view.Rewind().ReplayLast(last)),
            _ => RunTables.Policy(view),
        };
        long count = Write(rows, path, kind);
        if (given.Flag(Options.Json))
            Summaries.Print([("run_id", view.Id), ("output_file", path), ("rows", count)], json: true);
        else
            Console.Out.WriteLine($"{Facts.Text(count)} rows in {path}");
    }

    static long Write(RowTable table, string path, string kind)
    {
        long count = 0;
        table = table with { Rows = table.Rows.Select(Counted) };
        using var file = new OutputFile(path);
        switch (kind)
        {
            case ".csv":
                using (var text = new StreamWriter(file.Stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true))
                    CsvExport.Write(table, text);
                break;
            case ".jsonl":
                JsonLinesExport.Write(table, file.Stream);
                break;
            default:
                JsonLinesExport.WriteArray(table, file.Stream);
                break;
        }

        file.Complete();
        return count;

        object?[] Counted(object?[] row)
        {
            count++;
            return row;
        }
    }
}
