using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace GridWorld;

/// <summary>On the kernel itself, where it is installed: what the stand-in of the other tests could get wrong.</summary>
public sealed partial class RealKernelTests : IDisposable
{
    private readonly DirectoryInfo _store = Directory.CreateTempSubdirectory("gridworld-store-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _store.Delete(recursive: true);

    [Fact]
    public async Task Package_loads_shows_refuses_another_version_and_ends_with_the_kernel()
    {
        using var kernel = await RealKernel.StartAsync(_store.FullName, _store.FullName);

        var loaded = await kernel.RunAsync("#r \"nuget:GridWorld.Interactive\"\nusing GridWorld;");
        var run = await kernel.RunAsync("var run = Worlds.CliffWalking().Train(episodes: null, options: new RunOptions { Pace = 5_000 });\nrun");
        var table = await kernel.RunAsync("run.Metrics()");
        var again = await kernel.RunAsync("#r \"nuget:GridWorld.Interactive\"\nKernelExtension.Load();");
        var other = await kernel.RunAsync("#r \"nuget:GridWorld.Interactive,0.0.1\"");
        var after = await kernel.RunAsync("run.Episode >= 0");

        Assert.All(new[] { loaded, run, table, again, after }, output => Assert.Null(output.Error));
        Assert.Contains("GridWorld is ready", loaded.Text);
        var shown = Assert.Single(run.Values).Kinds;
        Assert.Contains("<img src=\"data:image/png", shown["text/html"]);
        Assert.StartsWith("iVBOR", shown["image/png"]);
        Assert.Contains("q-learning in cliff-walking", shown["text/plain"]);
        Assert.Contains("columns", Assert.Single(table.Values).Kinds["text/html"]);
        Assert.Contains("cannot be added because version", other.Error);

        var port = int.Parse(Port().Match(shown["text/html"]).Groups[1].Value);
        await kernel.QuitAsync();
        using var client = new TcpClient();
        await Assert.ThrowsAnyAsync<SocketException>(async () => await client.ConnectAsync("127.0.0.1", port, Stop));
        Assert.Equal([".run.db"], Directory.GetFiles(_store.FullName, "*.run.db*").Select(file => file[file.IndexOf(".run", StringComparison.Ordinal)..]));
    }

    [Theory, MemberData(nameof(NotebookTests.Notebooks), MemberType = typeof(NotebookTests))]
    public async Task Notebook_runs_on_the_kernel_itself(string file)
    {
        var notebook = Notebook.Parse(await File.ReadAllTextAsync(Repository.At("notebooks", file), Stop));
        if (notebook.Cells.Any(cell => cell.Code.Contains("\"gridworld\"", StringComparison.Ordinal))) await PackedTool.InstallAsync(Stop);
        using var kernel = await RealKernel.StartAsync(Repository.At("notebooks"), _store.FullName);

        foreach (var cell in notebook.Cells)
        {
            var output = await kernel.RunAsync(cell.Code);

            Assert.True(output.Error is null, $"{file}, cell {cell.Number}:\n{cell.Code}\n\n{output.Error}");
            Assert.All(cell.Expected, text => Assert.Contains(text, output.Text));
        }

        await kernel.QuitAsync();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:(\d+)/#")]
    private static partial Regex Port();
}
