using System.Runtime.Intrinsics;
using System.Text.Json;

namespace GridWorld.Tests;

/// <summary>The results must not depend on what the processor can do with several numbers at once.</summary>
public sealed class ProcessorFeatureTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("DOTNET_EnableAVX512=0")]
    [InlineData("DOTNET_EnableAVX2=0")]
    [InlineData("DOTNET_EnableHWIntrinsic=0")]
    public async Task Every_learner_and_the_solver_give_the_same_bits(string without)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "env is that of Linux.");
        Assert.SkipUnless(Vector512.IsHardwareAccelerated || !without.Contains("512", StringComparison.Ordinal),
            "This processor has no vectors of 512 bits.");
        string file = folder.At("all.sweep.json");
        string learners = JsonSerializer.Serialize(LearnerCatalog.All.Select(l => l.Name));
        await File.WriteAllTextAsync(file, $$"""
            { "worlds": ["cliff-walking", "windy-kings"], "learners": {{learners}}, "episodes": 10 }
            """, TestContext.Current.CancellationToken);
        string[] sweep = ["sweep", file, "--json"], solve = ["solve", "--world", "frozen-lake-4x4", "--json"];

        foreach (var (command, result) in new[] { (sweep, "hash"), (solve, "start_value") })
        {
            using var process = Cli.StartWith(without, folder.Path, command);
            var there = (await Cli.EndAsync(process)).Json;
            var here = (await Cli.RunAsync(command == sweep ? [.. command, "--store", folder.At("other")] : command)).Json;

            Assert.Equal(here.GetProperty(result).GetRawText(), there.GetProperty(result).GetRawText());
        }
    }
}
