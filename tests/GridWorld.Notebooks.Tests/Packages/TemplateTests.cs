using System.Diagnostics;
using System.IO.Compression;

namespace GridWorld.Tests;

/// <summary>The templates of <c>dotnet new</c>.</summary>
public sealed class TemplateTests
{
    [Fact]
    public async Task Learner_compiles_against_the_packed_package()
    {
        var program = await ReadAsync("content/learner/MyLearner.cs");

        Assert.Empty(await SnippetCompiler.FaultsAsync("MyLearner.cs", $"```csharp\n{program}\n```"));
    }

    [Fact]
    public async Task Cells_of_the_notebook_compile_against_the_packed_package()
    {
        var cells = Notebook.Parse(await ReadAsync("content/notebook/GridWorldNotebook.ipynb")).Cells;

        Assert.Empty(await SnippetCompiler.FaultsAsync("GridWorldNotebook.ipynb",
            string.Concat(cells.Select(cell => $"```csharp\n{cell.Code}\n```\n"))));
    }

    /// <summary>It takes a minute: <c>dotnet run build.cs long templates</c> runs it.</summary>
    [Fact]
    public async Task Installed_templates_make_a_program_and_a_notebook_that_run()
    {
        Assert.SkipUnless(Long.Is("templates"), "Takes a minute: dotnet run build.cs long templates.");
        KernelTool.Need();
        var folder = Directory.CreateTempSubdirectory("gridworld-templates-");
        var stop = TestContext.Current.CancellationToken;
        string At(string name) => Path.Combine(folder.FullName, name);
        await File.WriteAllTextAsync(At("nuget.config"),
            $"""<configuration><packageSources><add key="packed" value="{PackedVersion.Feed}" /></packageSources></configuration>""", stop);

        await DotnetAsync("new", "install", PackedVersion.FileOf("GridWorld.Templates"), "--debug:custom-hive", At("hive"));
        await DotnetAsync("new", "gridworld-learner", "--name", "LazyWalker", "--debug:custom-hive", At("hive"));
        await DotnetAsync("new", "gridworld-notebook", "--name", "First", "--debug:custom-hive", At("hive"));
        var output = await DotnetAsync("run", "LazyWalker.cs");

        Assert.Contains("\"lazy-walker\"", await File.ReadAllTextAsync(At("LazyWalker.cs"), stop));
        Assert.Contains("lazy-walker against q-learning: The scores do not differ (10 seeds).", output);
        using (var kernel = await NotebookKernel.StartAsync(folder.FullName, At("store")))
        {
            foreach (var cell in Notebook.Parse(await File.ReadAllTextAsync(At("First.ipynb"), stop)).Cells)
                Assert.Null((await kernel.RunAsync(cell.Code)).Error);
            await kernel.QuitAsync();
        }

        folder.Delete(recursive: true);

        async Task<string> DotnetAsync(params string[] arguments)
        {
            var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder.FullName, RedirectStandardOutput = true };
            PackageCache.Hide(start.Environment, At("packages"));
            using var process = Process.Start(start)!;
            var said = await process.StandardOutput.ReadToEndAsync(stop);
            await process.WaitForExitAsync(stop);
            Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{said}");
            return said;
        }
    }

    static async Task<string> ReadAsync(string entry)
    {
        using var package = ZipFile.OpenRead(PackedVersion.FileOf("GridWorld.Templates"));
        using var reader = new StreamReader(package.GetEntry(entry)!.Open());
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
