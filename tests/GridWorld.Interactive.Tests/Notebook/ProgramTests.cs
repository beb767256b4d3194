using System.Diagnostics;

namespace GridWorld.Tests;

/// <summary>Showing runs in a program, where no cell and no kernel is.</summary>
public sealed class ProgramTests
{

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Inline_a_program_prints_the_run_until_it_ends_and_opens_no_port()
    {
        using var program = ProgramProcess.Start("inline");
        string[] lines = (await program.StandardOutput.ReadToEndAsync(Stop)).TrimEnd().Split('\n');
        await program.WaitForExitAsync(Stop);

        Assert.Equal(0, program.ExitCode);
        Assert.All(lines[..^1], line => Assert.Contains("q-learning in cliff-walking", line));
        Assert.Contains("completed after 2,000 episodes", lines[^2]);
        Assert.Equal("served: False", lines[^1].TrimEnd());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Live_a_program_keeps_to_its_port_and_ends_with_an_interrupt(bool byEnvironment)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs kill");
        int port = HostProcess.FreePort();
        using var program = byEnvironment
            ? ProgramProcess.Start("environment", ("GRIDWORLD_PORT", $"{port}")) : ProgramProcess.Start($"{port}");
        string address = await program.StandardOutput.ReadLineAsync(Stop) ?? "", how = await program.StandardOutput.ReadLineAsync(Stop)
            ?? "";

        using var client = new HttpClient();
        var hello = await client.GetAsync(new Uri($"http://127.0.0.1:{port}/hello"), Stop);
        using (var kill = Process.Start("kill", ["-INT", $"{program.Id}"]))
            await kill.WaitForExitAsync(Stop);
        string rest = await program.StandardOutput.ReadToEndAsync(Stop).WaitAsync(Wait.Patience, Stop);
        await program.WaitForExitAsync(Stop).WaitAsync(Wait.Patience, Stop);

        Assert.StartsWith($"Live view: http://127.0.0.1:{port}/#", address);
        Assert.Equal("To end the live view, press Ctrl+C.", how);
        Assert.True(hello.IsSuccessStatusCode);
        Assert.Equal(("over, served: False", 0), (rest.Trim(), program.ExitCode));
    }
}
