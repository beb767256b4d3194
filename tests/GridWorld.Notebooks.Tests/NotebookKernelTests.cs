namespace GridWorld;

public class NotebookKernelTests
{
    private const string Story = """
        { "nbformat": 4, "nbformat_minor": 5,
          "metadata": { "polyglot_notebook": { "kernelInfo": { "defaultKernelName": "csharp" } } },
          "cells": [
            { "cell_type": "markdown", "source": "# Not run" },
            { "cell_type": "code", "metadata": {}, "outputs": [], "source": ["#r \"nuget:GridWorld.Interactive\"\n", "using GridWorld;\n", "using Microsoft.Data.Analysis;"] },
            { "cell_type": "code", "metadata": { "gridworld": { "expect": ["GridWorld.Engine"] } }, "outputs": [{}], "source": "var home = typeof(InputException).Assembly.GetName().Name;\nhome" },
            { "cell_type": "code", "metadata": {}, "outputs": [], "source": "new DataFrame(new Int32DataFrameColumn(home, new[] { 41, 42 }))" },
            { "cell_type": "code", "metadata": {}, "outputs": [], "source": "var shown = display(1); shown.Update(\"two\");" },
            { "cell_type": "code", "metadata": { "polyglot_notebook": { "kernelName": "fsharp" } }, "outputs": [], "source": "1" }
          ] }
        """;

    [Fact]
    public void Notebook_reads_code_cells_with_language_and_expectations()
    {
        var cells = Notebook.Parse(Story).Cells;

        Assert.Equal([2, 3, 4, 5, 6], cells.Select(cell => cell.Number));
        Assert.Equal(["csharp", "csharp", "csharp", "csharp", "fsharp"], cells.Select(cell => cell.Language));
        Assert.StartsWith("#r \"nuget:GridWorld.Interactive\"\nusing", cells[0].Code);
        Assert.Equal(["GridWorld.Engine"], cells[1].Expected);
        Assert.True(cells[1].HasSavedOutput);
    }

    [Fact]
    public async Task Cells_see_the_packed_library_and_each_other()
    {
        using var kernel = new NotebookKernel();
        var outputs = new List<CellOutput>();

        foreach (var cell in Notebook.Parse(Story).Cells.Take(4)) outputs.Add(await kernel.RunAsync(cell.Code));

        Assert.All(outputs, output => Assert.Null(output.Error));
        Assert.Contains("GridWorld is ready", outputs[0].Html);
        Assert.Equal("GridWorld.Engine", outputs[1].Value);
        Assert.Contains("<table", outputs[2].Html);
        Assert.Contains("42", outputs[2].Html);
        Assert.Equal(["two"], outputs[3].Shown);
    }

    [Fact]
    public async Task Native_library_of_a_package_is_found()
    {
        using var kernel = new NotebookKernel();

        var output = await kernel.RunAsync("""
            #r "nuget:GridWorld.Interactive"
            var connection = new Microsoft.Data.Sqlite.SqliteConnection("Data Source=:memory:");
            connection.Open();
            connection.ServerVersion
            """);

        Assert.Null(output.Error);
        Assert.StartsWith("3.", (string?)output.Value);
    }

    [Fact]
    public async Task Cell_that_does_not_compile_or_throws_reports_an_error_and_the_next_one_runs()
    {
        using var kernel = new NotebookKernel();

        var wrong = await kernel.RunAsync("int x = \"a\";");
        var thrown = await kernel.RunAsync("throw new InvalidOperationException(\"on purpose\");");
        var good = await kernel.RunAsync("Console.Write(\"a\"); 1 + 1");

        Assert.Contains("CS0029", wrong.Error);
        Assert.Contains("on purpose", thrown.Error);
        Assert.Equal((null, 2, "a"), (good.Error, good.Value, good.Console.ToString()));
    }

    [Fact]
    public async Task Extension_meets_the_kernel_and_what_it_defers_runs_before_the_next_cell()
    {
        using var kernel = new NotebookKernel();

        var loaded = await kernel.RunExtensionAsync("""
            #!csharp
            {
                var context = Microsoft.DotNet.Interactive.KernelInvocationContext.Current;
                var shown = Microsoft.DotNet.Interactive.KernelInvocationContextExtensions.Display(context, "loading");
                var csharp = Microsoft.DotNet.Interactive.KernelExtensions.FindKernelByName(Microsoft.DotNet.Interactive.Kernel.Root, "csharp");
                csharp.DeferCommand(new Microsoft.DotNet.Interactive.Commands.SubmitCode("var later = 42;"));
                shown.Update(context.CancellationToken.CanBeCanceled);
            }
            """);
        var next = await kernel.RunAsync("later");

        Assert.Null(loaded.Error);
        Assert.Equal([true], loaded.Shown);
        Assert.Equal((null, 42), (next.Error, next.Value));
    }

    [Fact]
    public async Task Extension_of_the_package_loads_in_one_kernel_after_another()
    {
        Assert.SkipUnless(File.Exists(Repository.At("GridWorld.Interactive", "extension.dib")), "GridWorld.Interactive has no extension.dib.");

        for (var session = 0; session < 2; session++)
        {
            using var kernel = new NotebookKernel();

            var loaded = await kernel.RunAsync("#r \"nuget:GridWorld.Interactive\"");

            Assert.Null(loaded.Error);
        }
    }

    [Fact]
    public async Task Loading_again_changes_nothing_for_the_cells()
    {
        using var kernel = new NotebookKernel();
        await kernel.RunAsync("#r \"nuget:GridWorld.Interactive\"\nvar world = Worlds.CliffWalking();");

        var again = await kernel.RunAsync($"#r \"nuget:GridWorld.Interactive,{PackedVersion.Current}\"");
        var loaded = await kernel.RunAsync("KernelExtension.Load();");
        var cell = await kernel.RunAsync("world");

        Assert.All(new[] { again, loaded, cell }, output => Assert.Null(output.Error));
        Assert.Empty(again.Shown);
        Assert.Contains("<img src=\"data:image/png", cell.Html);
    }

    [Fact]
    public async Task Cells_after_the_package_are_compiled_with_optimization_so_that_own_learners_run_as_fast_as_ours()
    {
        using var kernel = new NotebookKernel();
        const string isDebug = "System.Reflection.CustomAttributeExtensions.GetCustomAttribute<System.Diagnostics.DebuggableAttribute>(typeof({0}).Assembly)?.IsJITOptimizerDisabled == true";

        var before = await kernel.RunAsync($"struct Before {{ }} {string.Format(isDebug, "Before")}");
        var loaded = await kernel.RunAsync("#r \"nuget:GridWorld.Interactive\"");
        var after = await kernel.RunAsync($"struct After {{ }} {string.Format(isDebug, "After")}");

        Assert.Null(loaded.Error);
        Assert.Equal((true, false), ((bool?)before.Value, (bool?)after.Value));
    }

    [Fact]
    public async Task Closing_the_kernel_disposes_what_was_registered()
    {
        var kernel = new NotebookKernel();
        var ended = await kernel.RunAsync("""
            var log = new List<string>();
            Microsoft.DotNet.Interactive.Kernel.Root.RegisterForDisposal(() => log.Add("disposed"));
            log
            """);

        kernel.Dispose();

        Assert.Equal(["disposed"], Assert.IsType<List<string>>(ended.Value));
    }
}
