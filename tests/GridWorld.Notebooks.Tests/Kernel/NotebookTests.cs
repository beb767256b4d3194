namespace GridWorld.Tests;

/// <summary>Every notebook of the repository, top to bottom, on the packed package and its kernel.</summary>
public class NotebookTests(NotebookRuns runs) : IClassFixture<NotebookRuns>
{
    public static TheoryData<string> Notebooks() => [.. NotebookRuns.Files];

    [Theory, MemberData(nameof(Notebooks))]
    public async Task Every_cell_runs_twice_and_shows_what_it_promises(string file)
    {
        KernelTool.Need();
        var notebook = await NotebookRuns.ReadAsync(file);

        foreach (var (outputs, time) in runs.Of(file).Zip(["first", "second"]))
            foreach (var cell in notebook.Cells)
            {
                var place = $"{file}, cell {cell.Number}, {time} time:\n{cell.Code}\n\n";
                if (!outputs.TryGetValue(cell.Number, out var output)) Assert.Fail($"{place}A cell before it failed.");
                Assert.True(output.Error is null, place + output.Error);
                Assert.True(output.Stray == "", $"{place}a stray line: {output.Stray}");
                Assert.All(cell.Expected, text => Assert.Contains(text, output.Text));
                Assert.All(output.Values,
                    kinds => Assert.True(!OutputFacts.FaultsOf(kinds).Any(), place + string.Join(", ", OutputFacts.FaultsOf(kinds))));
                if (Long.Is("notebooks")) continue;
                Assert.True(cell.SavedConsole.Length > 0 == output.Console.Length > 0,
                    $"{place}Console text saved: '{cell.SavedConsole}', now: '{output.Console}'.");
                Assert.Equal(cell.Saved.Select(OutputFacts.Of), output.Values.Select(OutputFacts.Of));
            }

        if (Long.Is("notebooks")) await SavedOutputs.WriteAsync(Repository.At("notebooks", file), runs.Of(file)[0]);
    }

    [Fact]
    public async Task First_hour_runs_from_top_to_bottom()
    {
        KernelTool.Need();
        var page = await File.ReadAllTextAsync(Repository.At("docs", "tutorial.md"), TestContext.Current.CancellationToken);
        var folder = Directory.CreateTempSubdirectory("gridworld-tutorial-");
        var store = Directory.CreateTempSubdirectory("gridworld-store-");
        using (var kernel = await NotebookKernel.StartAsync(folder.FullName, store.FullName))
        {
            foreach (var cell in Snippet.Read(page))
            {
                var output = await kernel.RunAsync(cell.Code);

                Assert.True(output.Error is null, $"docs/tutorial.md({cell.Line}):\n{cell.Code}\n\n{output.Error}");
            }

            await kernel.QuitAsync();
        }

        Assert.Equal(["my-world.csv", "my-world.html", "my-world.onnx"], Directory.GetFiles(folder.FullName).Select(Path.GetFileName)
            .Order(StringComparer.Ordinal));
        folder.Delete(recursive: true);
        store.Delete(recursive: true);
    }
}
