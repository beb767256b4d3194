using System.Diagnostics;
using System.Text.Json.Nodes;

namespace GridWorld.Tests;

public sealed class ReflectionOffTests
{
    const string Switch = "System.Text.Json.JsonSerializer.IsReflectionEnabledByDefault";

    /// <summary>File-based programs run so. The switch is read once a process, so these tests run again in another.</summary>
    [Fact]
    public async Task Frames_and_replies_need_no_reflection()
    {
        Assert.SkipWhen(AppContext.TryGetSwitch(Switch, out var isOn) && !isOn, "This is that other process.");
        var assembly = typeof(ReflectionOffTests).Assembly.Location;
        var config = JsonNode.Parse(await File.ReadAllTextAsync(Path.ChangeExtension(assembly, ".runtimeconfig.json"),
            TestContext.Current.CancellationToken))!;
        config["runtimeOptions"]!["configProperties"] ??= new JsonObject();
        config["runtimeOptions"]!["configProperties"]![Switch] = false;
        var changed = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".runtimeconfig.json");
        await File.WriteAllTextAsync(changed, config.ToJsonString(), TestContext.Current.CancellationToken);

        using var again = Process.Start(new ProcessStartInfo("dotnet",
        [
            "exec", "--runtimeconfig", changed, "--depsfile", Path.ChangeExtension(assembly, ".deps.json"), assembly,
            "--filter-class", typeof(ReadEndpointsTests).FullName!, "--filter-class", typeof(FrameTests).FullName!,
        ]) { RedirectStandardOutput = true })!;
        var said = await again.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await again.WaitForExitAsync(TestContext.Current.CancellationToken);
        File.Delete(changed);

        Assert.True(again.ExitCode == 0, said);
    }
}
