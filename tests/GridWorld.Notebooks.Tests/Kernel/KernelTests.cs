using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace GridWorld.Tests;

/// <summary>What the package does in its kernel.</summary>
public sealed partial class KernelTests(LoadedKernel loaded) : IClassFixture<LoadedKernel>
{
    const string Slow =
        "Worlds.CliffWalking().Train(new QLearning { LearningRate = 0.5 }, episodes: null, options: new() { Pace = 2_000 }, name:"
        + " \"slow\");";
    readonly NotebookKernel kernel = Needed(loaded.Kernel);

    static NotebookKernel Needed(NotebookKernel? kernel)
    {
        KernelTool.Need();
        return kernel!;
    }

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Naming_the_package_greets_once_and_brings_its_namespaces()
    {
        Assert.Null(loaded.Loaded.Error);
        Assert.Contains("GridWorld is ready", Assert.Single(loaded.Loaded.Values)["text/plain"]);
    }

    [Fact]
    public async Task First_showing_of_the_README_s_run_has_optimum_greedy_policy_and_dashed_line()
    {
        var page = await File.ReadAllTextAsync(Repository.At("README.md"), Stop);

        var output = await kernel.RunAsync(Snippet.Read(page).First().Code);

        Assert.Null(output.Error);
        var shown = Assert.Single(output.Values);
        Assert.Contains("the optimal policy returns −13", shown["text/plain"]); // what is said here is drawn there, as a dashed line
        Assert.Contains("Greedy policy", shown["text/html"]);
        Assert.Contains("<img src=\"data:image/png", shown["text/html"]);
    }

    [Fact]
    public async Task Table_is_shown_by_us_and_not_by_its_own_package()
    {
        var table = await kernel.RunAsync("new DataFrame(new Int32DataFrameColumn(\"n\", new[] { 41, 42 }))");

        Assert.Contains("2 rows × 1 columns", Assert.Single(table.Values)["text/html"]);
    }

    [Fact]
    public async Task Cells_are_optimized_so_that_own_learners_run_as_fast_as_ours()
    {
        var after = await kernel.RunAsync(
            "struct After { } typeof(After).Assembly.GetCustomAttributes(true).OfType<System.Diagnostics.DebuggableAttribute>().Any(a =>"
            + " a.IsJITOptimizerDisabled)");

        Assert.Contains("False", after.Text);
    }

    [Fact]
    public async Task Fault_of_the_user_is_told_without_the_path_through_our_code()
    {
        var output = await kernel.RunAsync("var wrong = Worlds.CliffWalking().Train(new QLearning { LearningRate = 7 });");

        Assert.Equal("Learning rate must be between 0.001 and 1.0 (got 7).", output.Error);
    }

    [Fact]
    public async Task Run_trained_in_CSharp_is_paused_in_FSharp_steered_in_PowerShell_and_known_in_JavaScript()
    {
        await kernel.RunAsync($"var shared = {Slow}");

        var paused = await kernel.RunAsync("#!share shared --from csharp\nshared.Pause()\nstring shared.State", "fsharp");
        var steered = await kernel.RunAsync(
            "#!share shared --from csharp\n$shared.Resume(); $shared.Set(0.25) | Out-Null; $shared.State", "pwsh");
        var rate = await kernel.RunAsync("shared.Status().Settings.LearningRate");
        var page = await kernel.RunAsync("#!share shared --from csharp\nconsole.log(shared.url)", "javascript");
        await kernel.RunAsync("shared.Stop();");

        Assert.All(new[] { paused, steered, rate }, output => Assert.Null(output.Error));
        Assert.Contains("Paused", paused.Text);
        Assert.Contains("Training", steered.Console);
        Assert.Contains("0.25", rate.Text);
        var sent = JsonDocument.Parse(Assert.Single(page.Sent)).RootElement;
        Assert.StartsWith("cliff-walking-", sent.GetProperty("id").GetString());
        Assert.StartsWith("http://127.0.0.1:", sent.GetProperty("url").GetString());
    }

    [Fact]
    public async Task Variables_are_listed_with_every_kind_of_ours()
    {
        await kernel.RunAsync("""
            var one = cliff.Train(new QLearning(), episodes: 10, options: RunOptions.InMemory);
            await one; var view = one.Past(5); var plan = one.Plan();
            var ensemble = Ensemble.Start(one.Specification, 2, EnsembleOptions.InMemory);
            """);

        var names = await kernel.RunAsync("#!who");
        var values = await kernel.RunAsync("#!whos");

        Assert.All(new[] { names, values }, output => Assert.Null(output.Error));
        Assert.All(["cliff", "one", "view", "plan", "ensemble"], name => Assert.Contains(name, names.Html));
        Assert.All(["World", "Run", "Plan", "Ensemble"], type => Assert.Contains($"GridWorld.{type}", values.Html));
        Assert.Contains("View", values.Html);
    }

    [Theory]
    [InlineData("csharp")]
    [InlineData("fsharp")]
    public async Task Magic_command_lists_and_shows_runs_and_says_what_it_takes(string language)
    {
        await kernel.RunAsync($"var listed = {Slow} await Task.Delay(500); listed.Stop();");

        var runs = await kernel.RunAsync("#!gridworld runs", language);
        var watch = await kernel.RunAsync("#!gridworld watch slow", language);
        var help = await kernel.RunAsync("#!gridworld", language);

        Assert.All(new[] { runs, watch, help }, output => Assert.Null(output.Error));
        Assert.Contains("slow", runs.Text);
        Assert.Contains("slow: q-learning in cliff-walking", Assert.Single(watch.Values)["text/plain"]);
        Assert.Contains("#!gridworld watch NAME", help.Text);
        Assert.StartsWith("Name a run: #!gridworld watch NAME", await FaultOf("#!gridworld watch"));
        Assert.Equal("'dance' is not a #!gridworld command. Use runs, watch NAME or help.", await FaultOf("#!gridworld dance"));
        Assert.StartsWith("There is no run 'nobody' in", await FaultOf("#!gridworld watch nobody"));
        Assert.Contains("\"watch\"", await kernel.AskAsync("RequestCompletions", "#!gridworld ", language));
        Assert.Contains("\"slow\"", await kernel.AskAsync("RequestCompletions", "#!gridworld watch ", language));
        Assert.Contains("Shows the live view of a run", await kernel.AskAsync("RequestHoverText", "#!gridworld watch", language));

        async Task<string?> FaultOf(string cell) => (await kernel.RunAsync(cell, language)).Error;
    }

    [Fact]
    public async Task Package_named_in_FSharp_is_known_in_CSharp()
    {
        var store = Directory.CreateTempSubdirectory("gridworld-store-");
        using (var kernel = await NotebookKernel.StartAsync(store.FullName, store.FullName, "fsharp"))
        {
            var fsharp = await kernel.RunAsync("#r \"nuget:GridWorld.Interactive\"\nopen GridWorld\nlet cliff = Worlds.CliffWalking()",
                "fsharp");
            var shared = await kernel.RunAsync("#!share cliff --from fsharp\ncliff");
            var table = await kernel.RunAsync("Runs.List()");

            Assert.All(new[] { fsharp, shared, table }, output => Assert.Null(output.Error));
            Assert.Contains("GridWorld is ready", fsharp.Text);
            Assert.Contains("SCCCCCCCCCCG", shared.Text);
            Assert.Contains("0 rows × 12 columns", table.Text);
            await kernel.QuitAsync();
        }

        store.Delete(recursive: true);
    }

    [Fact]
    public async Task Another_version_is_refused_and_the_kernel_s_end_frees_port_and_files()
    {
        var store = Directory.CreateTempSubdirectory("gridworld-store-");
        using (var kernel = await NotebookKernel.StartAsync(store.FullName, store.FullName))
        {
            await kernel.RunAsync("#r \"nuget:GridWorld.Interactive\"");
            var run = await kernel.RunAsync($"var run = {Slow}\nrun");
            var again = await kernel.RunAsync("#r \"nuget:GridWorld.Interactive\"");
            var other = await kernel.RunAsync("#r \"nuget:GridWorld.Interactive,0.0.1\"");
            var after = await kernel.RunAsync("run.Episodes >= 0");

            Assert.All(new[] { run, again, after }, output => Assert.Null(output.Error));
            Assert.Empty(again.Values);
            Assert.Contains("cannot be added because version", other.Error);
            var port = int.Parse(Port().Match(run.Html).Groups[1].Value);
            await kernel.QuitAsync();
            using var client = new TcpClient();
            await Assert.ThrowsAnyAsync<SocketException>(async () => await client.ConnectAsync("127.0.0.1", port, Stop));
            Assert.Equal([".run.db"], Directory.GetFiles(store.FullName, "*.run.db*")
                .Select(file => file[file.IndexOf(".run", StringComparison.Ordinal)..]));
        }

        store.Delete(recursive: true);
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:(\d+)/#")]
    private static partial Regex Port();
}
