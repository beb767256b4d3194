namespace GridWorld.Tests;

/// <summary>A kernel that has the package.</summary>
public sealed class LoadedKernel : IAsyncLifetime
{
    readonly DirectoryInfo store = Directory.CreateTempSubdirectory("gridworld-store-");

    internal NotebookKernel? Kernel { get; private set; }

    internal CellOutput Loaded { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (!KernelTool.IsThere)
            return;
        Kernel = await NotebookKernel.StartAsync(store.FullName, store.FullName);
        // Its namespaces are known in the same cell, without a word.
        Loaded = await Kernel.RunAsync("#r \"nuget:GridWorld.Interactive\"\nvar cliff = Worlds.CliffWalking(); DataFrame nothing = null;");
    }

    public async ValueTask DisposeAsync()
    {
        if (Kernel is not null)
            await Kernel.QuitAsync();
        Kernel?.Dispose();
        store.Delete(recursive: true);
    }
}
