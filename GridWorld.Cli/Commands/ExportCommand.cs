using System.CommandLine;

namespace GridWorld.Cli;

/// <summary>Writes data of a stored run to a file.</summary>
internal static class ExportCommand
{
    static readonly string Names = string.Join('|', ExportKind.All.Select(k => k.Name));
    static readonly Option What = Options.Required("--what", Names, "The data to write.", _ => Names.Split('|'));
    static readonly Option Last = Options.Value("--last", "N", "With --what trajectories, write only the last N episodes. Default: all.");
    static readonly Option OutputFile = Options.Required("--output-file", "F", "The file: .csv, .json, .jsonl or .parquet. "
        + "For mdp .json, such as my.mdp.json. For picture .png or .svg, for animation .gif. For q-table and trajectories also .npz, "
        + "for policy also .onnx, and for metrics a name with 'tfevents' for TensorBoard.");

    public static Command Make() => CommandAction.Command("export",
        "Export the data of a stored run to a file. With --what mdp and --world, export a world that has no run.",
        [RunInput.OptionalRun, What, Last, OutputFile, Options.Store, Options.Json, .. WorldInput.OrRun], Run);

    static void Run(ParsedOptions given)
    {
        var kind = ExportKind.All.FirstOrDefault(k => k.Name == given.Text(What));
        long? last = given.Whole(Last, 1, long.MaxValue);
        string path = given.Text(OutputFile) ?? "";
        given.Faults.Require(given.Has(What), $"Set the data to write with --what: {Or(ExportKind.All.Select(k => k.Name))}.")
            .Require(!given.Has(What) || kind is not null,
                $"--what must be {Or(ExportKind.All.Select(k => k.Name))} (got {Printable.Text(given.Text(What) ?? "")}).")
            .Require(last is null || kind is null || kind == ExportKind.Trajectories, "--last applies only to --what trajectories.")
            .Require(path.Length > 0, "Set the file with --output-file. Its extension selects the format, for example .csv.");
        if (kind is not null && path.Length > 0)
            given.Faults.Collect(() => kind.EndingOf(path));
        if (WorldInput.IsGiven(given))
        {
            WriteWorld(given, kind, path);
            return;
        }

        var view = RunInput.View(given, RunInput.One(given, RunInput.OptionalRun));
        var file = kind!.To(path, view, last);
        if (given.Flag(Options.Json))
            Summaries.Print([("run_id", view.Id), ("output_file", path), ("rows", file.Rows)], json: true);
        else
            Console.Out.WriteLine($"{Facts.Text(file.Rows)} rows in {Facts.Text(path)}");
    }

    static void WriteWorld(ParsedOptions given, ExportKind? kind, string path)
    {
        given.Faults.Require(kind is null || kind == ExportKind.Mdp, "--world applies only to --what mdp. Specify a run instead.")
            .Require(given.Words(RunInput.OptionalRun).Count == 0, "Specify a run or --world, not both.");
        var world = WorldInput.Read(given);
        given.Faults.ThrowIfAny();
        var file = ExportKind.WriteMdp(world!, path);
        if (given.Flag(Options.Json))
            Summaries.Print([("world_hash", world!.Hash), ("output_file", path), ("rows", file.Rows)], json: true);
        else
            Console.Out.WriteLine($"{Facts.Text(file.Rows)} states in {Facts.Text(path)}");
    }

    static string Or(IEnumerable<string> words) => string.Join(" or ", words);
}
