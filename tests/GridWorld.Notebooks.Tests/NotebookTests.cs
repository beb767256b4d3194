namespace GridWorld;

/// <summary>Every notebook of the repository, top to bottom, on the packed package.</summary>
public class NotebookTests
{
    public static IEnumerable<TheoryDataRow<string>> Notebooks() =>
        Directory.Exists(Repository.At("notebooks"))
            ? Directory.GetFiles(Repository.At("notebooks"), "*.ipynb").Order(StringComparer.Ordinal).Select(file => new TheoryDataRow<string>(Path.GetFileName(file)))
            : [];

    [Theory(SkipTestWithoutData = true), MemberData(nameof(Notebooks))]
    public async Task Every_cell_runs_and_shows_what_it_promises(string file)
    {
        var notebook = Notebook.Parse(await File.ReadAllTextAsync(Repository.At("notebooks", file), TestContext.Current.CancellationToken));
        using var place = new NotebookPlace(Repository.At("notebooks"));
        if (notebook.Cells.Any(cell => cell.Code.Contains("\"gridworld\"", StringComparison.Ordinal))) await PackedTool.InstallAsync(TestContext.Current.CancellationToken);
        using var kernel = new NotebookKernel();
        var outputs = new Dictionary<int, CellOutput>();

        foreach (var cell in notebook.Cells)
        {
            Assert.True(cell.Language == "csharp", $"{file}, cell {cell.Number} is in '{cell.Language}'; only C# cells are run.");
            var output = await kernel.RunAsync(cell.Code);

            Assert.True(output.Error is null, $"{file}, cell {cell.Number}:\n{cell.Code}\n\n{output.Error}");
            Assert.True(!cell.HasSavedOutput || !output.IsEmpty, $"{file}, cell {cell.Number} is saved with an output and now has none.");
            Assert.All(cell.Expected, text => Assert.Contains(text, $"{output.Text}\n{output.Html}"));
            Assert.True(output.Html.Length <= 100_000 * Math.Max(1, output.Shown.Count()), $"{file}, cell {cell.Number} shows {output.Html.Length:N0} characters of HTML; 100,000 is the most.");
            Assert.DoesNotContain("<svg", output.Html);
            outputs[cell.Number] = output;
        }

        if (SavedOutputs.IsAskedFor) await SavedOutputs.WriteAsync(Repository.At("notebooks", file), outputs);
    }

    [Fact]
    public async Task First_hour_runs_from_top_to_bottom()
    {
        var page = await File.ReadAllTextAsync(Repository.At("docs", "tutorial.md"), TestContext.Current.CancellationToken);
        var folder = Directory.CreateTempSubdirectory("gridworld-tutorial-");
        using (new NotebookPlace(folder.FullName))
        {
            using var kernel = new NotebookKernel();
            foreach (var cell in Snippet.Read(page))
            {
                var output = await kernel.RunAsync(cell.Code);

                Assert.True(output.Error is null, $"docs/tutorial.md({cell.Line}):\n{cell.Code}\n\n{output.Error}");
            }

            Assert.Equal(["my-world.csv", "my-world.html", "my-world.onnx"], Directory.GetFiles(folder.FullName).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        }
        folder.Delete(recursive: true);
    }

    /// <summary>The working folder of a notebook is its own; what it stores goes elsewhere.</summary>
    private sealed class NotebookPlace : IDisposable
    {
        private readonly string _before = Directory.GetCurrentDirectory();
        private readonly DirectoryInfo _store = Directory.CreateTempSubdirectory("gridworld-store-");

        public NotebookPlace(string folder)
        {
            Directory.SetCurrentDirectory(folder);
            Environment.SetEnvironmentVariable("GRIDWORLD_STORE", _store.FullName);
        }

        public void Dispose()
        {
            Directory.SetCurrentDirectory(_before);
            Environment.SetEnvironmentVariable("GRIDWORLD_STORE", null);
            _store.Delete(recursive: true);
        }
    }
}
