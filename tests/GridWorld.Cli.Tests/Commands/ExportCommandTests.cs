using System.Diagnostics;
using System.Text.Json;

namespace GridWorld.Tests;

public sealed class ExportCommandTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("metrics", 50)]
    [InlineData("q-table", 70 * 4)]
    [InlineData("policy", 70)]
    [InlineData("events", 2)]
    public async Task Exports_hold_the_same_rows_in_every_kind_of_file(string what, int rows)
    {
        await Train("a");

        foreach (string kind in new[] { "csv", "jsonl", "json" })
            Assert.Equal(0, (await Run("export", "a", "--what", what, "--output-file", folder.At("x." + kind))).ExitCode);

        string[] lines = await File.ReadAllLinesAsync(folder.At("x.jsonl"), TestContext.Current.CancellationToken);
        var array = JsonDocument.Parse(await File.ReadAllTextAsync(folder.At("x.json"), TestContext.Current.CancellationToken)).RootElement;
        string[] csv = await File.ReadAllLinesAsync(folder.At("x.csv"), TestContext.Current.CancellationToken);
        Assert.Equal(rows, lines.Length);
        Assert.Equal(lines, array.EnumerateArray().Select(row => row.GetRawText()));
        Assert.Equal(array[0].EnumerateObject().Select(p => p.Name), csv[0].Split(','));
        Assert.Equal(rows + 1, csv.Length);
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData("3", 48)]
    public async Task Exported_trajectories_are_the_steps_of_the_episodes_in_a_row(string? last, int first)
    {
        await Train("a", "--checkpoint-every", "5");

        string[] some = last is null ? [] : ["--last", last];
        Assert.Equal(0, (await Run(["export", "a", "--what", "trajectories", .. some, "--output-file", folder.At("t.csv")])).ExitCode);

        string[] rows = (await File.ReadAllLinesAsync(folder.At("t.csv"), TestContext.Current.CancellationToken))[1..];
        Assert.Equal(Enumerable.Range(first, 51 - first).Select(k => $"{k}"), rows.Select(r => r.Split(',')[0]).Distinct());
        foreach (int episode in (int[])[first, 49, 50])
            Assert.Equal((await Run("episode", "a", $"{episode}")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..],
                rows.Where(r => r.StartsWith($"{episode},", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("metrics", "m.parquet", 50)]
    [InlineData("metrics", "events.out.tfevents.1", 50)]
    [InlineData("q-table", "q.parquet", 280)]
    [InlineData("q-table", "q.npz", 70)]
    [InlineData("policy", "p.onnx", 70)]
    [InlineData("events", "e.parquet", 2)]
    [InlineData("picture", "p.png", 1)]
    [InlineData("picture", "p.svg", 1)]
    [InlineData("animation", "a.gif", 30)]
    public async Task Other_programs_files_are_exported_too(string what, string name, int rows)
    {
        await Train("a");

        var exported = (await Run("export", "a", "--what", what, "--output-file", folder.At(name), "--json")).Json;

        Assert.Equal((rows, folder.At(name)), (exported.GetProperty("rows").GetInt32(), exported.GetProperty("output_file").GetString()));
        byte[] head = File.ReadAllBytes(folder.At(name))[..4];
        Assert.Equal(Path.GetExtension(name) switch { ".parquet" => "PAR1"u8.ToArray(), ".npz" => "PK\u0003\u0004"u8.ToArray(),
            ".onnx" => [8, 8, 0x12, 9],
            ".png" => [0x89, .. "PNG"u8], ".svg" => "<svg"u8.ToArray(), ".gif" => "GIF8"u8.ToArray(), _ => [24, 0, 0, 0] }, head);
    }

    [Fact]
    public async Task Training_starts_from_a_table_that_was_exported()
    {
        var taught = await Train("a");
        await Run("export", "a", "--what", "q-table", "--output-file", folder.At("q.npz"));

        var pupil = (await Run("train", "--world", "windy", "--episodes", "1", "--learning-rate", "0.001", "--initial-q",
            folder.At("q.npz"), "--json")).Json;
        var wrong = await Run("train", "--world", "cliff-walking", "--initial-q", folder.At("q.npz"));

        Assert.InRange(Math.Abs(taught.GetProperty("q_checksum").GetDouble() - pupil.GetProperty("q_checksum").GetDouble()), 1e-9, 1);
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("must be float64 of shape (48, 4)", wrong.Error);
    }

    [Fact]
    public async Task Q_table_sums_to_the_checksum()
    {
        var trained = await Train("a");
        await Run("export", "a", "--what", "q-table", "--output-file", folder.At("q.jsonl"));

        double sum = 0;
        foreach (string line in await File.ReadAllLinesAsync(folder.At("q.jsonl"), TestContext.Current.CancellationToken))
            sum += JsonDocument.Parse(line).RootElement.GetProperty("q").GetDouble();

        Assert.Equal(trained.GetProperty("q_checksum").GetDouble(), sum);
    }

    // A limit on the size of files fails the writing as a full disk does: late, when what is buffered is written.
    [Fact]
    public async Task An_export_that_does_not_fit_on_the_disk_leaves_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs ulimit");
        await Train("a");
        string[] before = folder.Files;
        var start = new ProcessStartInfo("bash",
            ["-c", "trap '' XFSZ; ulimit -f 4; exec dotnet \"$@\"", "bash", Cli.Program, "export", "a", "--store", "store", "--what",
            "q-table", "--output-file", "q.csv"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.Path,
        };
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";

        using var process = Process.Start(start)!;
        var outcome = await Cli.EndAsync(process);

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("Error: ", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(before, folder.Files);
    }

    Task<Outcome> Run(params string[] arguments) => Cli.RunAsync([.. arguments, "--store", folder.At("store")]);

    async Task<JsonElement> Train(string name, params string[] options) =>
        (await Run(["train", "--world", "windy", "--name", name, "--episodes", "50", .. options, "--json"])).Json;
}
