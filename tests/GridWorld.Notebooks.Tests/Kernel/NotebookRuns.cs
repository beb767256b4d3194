namespace GridWorld.Tests;

/// <summary>The repository's notebooks, each run twice from top to bottom in one store, two at a time.</summary>
public sealed class NotebookRuns : IAsyncLifetime
{
    readonly DirectoryInfo store = Directory.CreateTempSubdirectory("gridworld-store-");
    readonly Dictionary<string, List<Dictionary<int, CellOutput>>> runs = [];

    /// <summary>Their names, in order.</summary>
    public static IReadOnlyList<string> Files { get; } =
        [.. Directory.GetFiles(Repository.At("notebooks"), "*.ipynb").Order(StringComparer.Ordinal).Select(file => Path.GetFileName(file))];

    internal IReadOnlyList<Dictionary<int, CellOutput>> Of(string file) => runs[file];

    internal static async Task<Notebook> ReadAsync(string file) =>
        Notebook.Parse(await File.ReadAllTextAsync(Repository.At("notebooks", file)));

    public async ValueTask InitializeAsync()
    {
        if (!KernelTool.IsThere)
            return;
        await PackedTool.InstallAsync(CancellationToken.None);
        foreach (var file in Files) runs[file] = [];
        await Parallel.ForEachAsync([.. Files, .. Files], new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (file, _) =>
        {
            var outputs = await RunAsync(file);
            lock (runs) runs[file].Add(outputs);
        });
    }

    public ValueTask DisposeAsync()
    {
        store.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    // A cell that fails ends the run: those after it build on it.
    async Task<Dictionary<int, CellOutput>> RunAsync(string file)
    {
        using var kernel = await NotebookKernel.StartAsync(Repository.At("notebooks"), store.FullName);
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
