namespace GridWorld.Tests;

/// <summary>The repository's notebooks, each run twice from top to bottom in one store, two at a time.</summary>
public sealed class NotebookRuns : IAsyncLifetime
{
    private readonly DirectoryInfo _store = Directory.CreateTempSubdirectory("gridworld-store-");
    private readonly Dictionary<string, List<Dictionary<int, CellOutput>>> _runs = [];

    /// <summary>Their names, in order.</summary>
    public static IReadOnlyList<string> Files { get; } =
        [.. Directory.GetFiles(Repository.At("notebooks"), "*.ipynb").Order(StringComparer.Ordinal).Select(file => Path.GetFileName(file))];

    internal IReadOnlyList<Dictionary<int, CellOutput>> Of(string file) => _runs[file];

    internal static async Task<Notebook> ReadAsync(string file) =>
        Notebook.Parse(await File.ReadAllTextAsync(Repository.At("notebooks", file)));

    public async ValueTask InitializeAsync()
    {
        if (!KernelTool.IsThere)
            return;
        await PackedTool.InstallAsync(CancellationToken.None);
        foreach (var file in Files) _runs[file] = [];
        await Parallel.ForEachAsync([.. Files, .. Files], new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (file, _) =>
        {
            var outputs = await RunAsync(file);
            lock (_runs) _runs[file].Add(outputs);
        });
    }

    public ValueTask DisposeAsync()
    {
        _store.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    // A cell that fails ends the run: those after it build on it.
    private async Task<Dictionary<int, CellOutput>> RunAsync(string file)
    {
        using var kernel = await NotebookKernel.StartAsync(Repository.At("notebooks"), _store.FullName);
        var outputs = new Dictionary<int, CellOutput>();
        foreach (var cell in (await ReadAsync(file)).Cells)
        {
            var output = outputs[cell.Number] = await kernel.RunAsync(cell.Code, cell.Language);
            if (output.Error is not null) return outputs;
        }

        await kernel.QuitAsync();
        return outputs;
    }
}
