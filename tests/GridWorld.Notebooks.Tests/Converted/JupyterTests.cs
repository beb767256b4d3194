using System.Text.Json.Nodes;

namespace GridWorld.Tests;

/// <summary>Notebooks run by Jupyter's own client, on the kernel as Jupyter starts it.</summary>
public sealed class JupyterTests : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gridworld-jupyter-");

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("01-quickstart.ipynb")]
    [InlineData("04-never-lose-a-run.ipynb")]
    public async Task Notebook_runs_under_Jupyter_and_shows_what_it_promises(string file)
    {
        KernelTool.Need();
        var nbconvert = Programs.Find("Jupyter's nbconvert", null, "jupyter-nbconvert");
        var notebook = await NotebookRuns.ReadAsync(file);
        if (notebook.UsesTool) await PackedTool.InstallAsync(Stop);
        var copy = await CopyAsync(file);

        await Programs.RunAsync(nbconvert,
            ["--to", "notebook", "--execute", "--inplace", "--ExecutePreprocessor.kernel_name=gridworld-test",
            "--ExecutePreprocessor.timeout=120", "--log-level=ERROR", copy], Stop,
            ("JUPYTER_PATH", Path.Combine(folder.FullName, "jupyter")), ("GRIDWORLD_STORE", Path.Combine(folder.FullName, "store")),
            ("DOTNET_INTERACTIVE_CLI_TELEMETRY_OPTOUT", "1"),
            ("NUGET_FALLBACK_PACKAGES", PackageCache.Folder), ("NUGET_PACKAGES", Path.Combine(folder.FullName, "packages")));

        var executed = Notebook.Parse(await File.ReadAllTextAsync(copy, Stop));
        foreach (var (cell, saved) in executed.Cells.Skip(1).Zip(notebook.Cells))
        {
            var shown = string.Join('\n', cell.Saved.SelectMany(kinds => kinds.Values).Append(cell.SavedConsole));
            Assert.All(saved.Expected, text => Assert.Contains(text, shown));
            Assert.All(cell.Saved, kinds => Assert.Empty(OutputFacts.FaultsOf(kinds)));
        }
    }

    /// <summary>
    /// Beside the data that it reads, under a kernel of its own name, with a cell before all others that names the packed packages.
    /// </summary>
    async Task<string> CopyAsync(string file)
    {
        var spec = folder.CreateSubdirectory("jupyter/kernels/gridworld-test");
        var start = new JsonObject { ["argv"] = new JsonArray("dotnet", KernelTool.Program, "jupyter", "--default-kernel", "csharp",
            "{connection_file}"), ["display_name"] = ".NET (C#)", ["language"] = "C#" };
        await File.WriteAllTextAsync(Path.Combine(spec.FullName, "kernel.json"), start.ToJsonString(), Stop);
        var data = folder.CreateSubdirectory("data/movingai");
        foreach (var map in Directory.GetFiles(Repository.At("data", "movingai"), "Berlin*")) File.Copy(map,
            Path.Combine(data.FullName, Path.GetFileName(map)));

        var notebook = JsonNode.Parse(await File.ReadAllTextAsync(Repository.At("notebooks", file), Stop))!;
        foreach (var cell in notebook["cells"]!.AsArray().Where(cell => cell!["outputs"] is not null)) cell!["outputs"] = new JsonArray();
        notebook["cells"]!.AsArray().Insert(0, new JsonObject
        {
            ["cell_type"] = "code", ["execution_count"] = null, ["metadata"] = new JsonObject(), ["outputs"] = new JsonArray(),
            ["source"] = $"#i \"nuget:{PackedVersion.Feed}\"",
        });
        var copy = Path.Combine(folder.CreateSubdirectory("notebooks").FullName, file);
        await File.WriteAllTextAsync(copy, notebook.ToJsonString(), Stop);
        return copy;
    }
}
