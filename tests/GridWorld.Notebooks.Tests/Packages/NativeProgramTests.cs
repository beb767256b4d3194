using System.Diagnostics;

namespace GridWorld.Tests;

/// <summary>
/// A file-based program on the packed package, published ahead of time. It takes minutes: <c>dotnet run build.cs long native</c> runs it.
/// </summary>
public sealed class NativeProgramTests
{
    const string Program = """
        #:package GridWorld.Interactive@VERSION
        using GridWorld;

        var run = Worlds.CliffWalking().Train(new QLearning { LearningRate = 0.5 }, episodes: 500, seed: 1,
            options: new RunOptions { Store = "store" });
        await run.ShowAsync(DisplayMode.Inline);
        run.SavePng("run.png");
        run.SaveSvg("run.svg");
        run.SaveReport("report.html");
        foreach (var ending in new[] { "csv", "json", "jsonl", "parquet" })
        {
            run.ExportMetrics($"metrics.{ending}");
            run.ExportQTable($"q.{ending}");
            run.ExportTrajectories($"steps.{ending}", last: 5);
            run.ExportEvents($"events.{ending}");
        }
        run.ExportQTable("q.npz");
        run.ExportPolicy("policy.onnx");
        run.ExportTensorBoard("board");
        Console.WriteLine($"rows {run.QTable().Rows.Count} {run.Metrics().Rows.Count}");
        var view = run.Show();
        using var client = new HttpClient();
        Console.WriteLine(await client.GetStringAsync(new Uri(new Uri(view.Url), "/hello")));
        client.DefaultRequestHeaders.Authorization = new("Bearer", new Uri(view.Url).Fragment[1..].Split('/')[0]);
        Console.WriteLine(await client.GetStringAsync(new Uri(new Uri(view.Url), "/api/training-sessions")));
        await LiveServer.StopAsync();
        var again = Run.Resume(run.Id, "store", moreEpisodes: 10);
        await again;
        Console.WriteLine($"resumed to {again.Episode}");
        """;

    [Fact]
    public async Task Training_live_view_pictures_and_exports_work_ahead_of_time()
    {
        Assert.SkipUnless(Long.Is("native"), "Takes minutes: dotnet run build.cs long native.");
        var folder = Directory.CreateTempSubdirectory("gridworld-native-");
        var stop = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "program.cs"), Program.Replace("VERSION", PackedVersion.Current), stop);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "nuget.config"),
            $"""<configuration><packageSources><add key="packed" value="{PackedVersion.Feed}" /></packageSources></configuration>""", stop);

        var published = await RunAsync("dotnet", ["publish", "program.cs", "-o", "published", "-nologo", "-p:NativeDebugSymbols=false"]);
        var output = await RunAsync(Path.Combine(folder.FullName, "published", OperatingSystem.IsWindows() ? "program.exe" : "program"),
            []);

        Assert.DoesNotContain("warning", published);
        Assert.Contains("completed after 500 episodes", output);
        Assert.Contains("rows 192 500", output);
        Assert.Contains("\"instance\"", output);
        Assert.Contains("\"state\":\"completed\"", output);
        Assert.Contains("resumed to 510", output);
        Assert.All(["run.png", "run.svg", "report.html", "q.npz", "policy.onnx", "metrics.parquet", "steps.parquet"],
            file => Assert.True(new FileInfo(Path.Combine(folder.FullName, file)).Length > 100, file));
        folder.Delete(recursive: true);

        async Task<string> RunAsync(string program, string[] arguments)
        {
            var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder.FullName, RedirectStandardOutput = true };
            PackageCache.Hide(start.Environment, Path.Combine(folder.FullName, "packages"));
            start.Environment["GRIDWORLD_BROWSER_OPEN"] = "0";
            using var process = Process.Start(start)!;
            var said = await process.StandardOutput.ReadToEndAsync(stop);
            await process.WaitForExitAsync(stop);
            Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}:\n{said}");
            return said;
        }
    }
}
