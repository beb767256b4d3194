using System.Net;
using System.Net.Sockets;

namespace GridWorld.Tests;

public sealed class DoctorTests
{
    [Fact]
    public async Task Everything_that_the_command_needs_is_here()
    {
        using var folder = new TemporaryFolder();

        var outcome = await Cli.RunAsync("doctor", "--store", folder.At("runs"), "--json");

        var checks = outcome.Json.EnumerateArray().ToDictionary(check => check.GetProperty("name").GetString()!);
        Assert.Equal(["gridworld", "runtime", "processor", "sqlite", "store", "port", "sdk", "kernel", "browser"], checks.Keys);
        Assert.All(checks.Values, check =>
            Assert.True(check.GetProperty("ok").GetBoolean() || !check.GetProperty("required").GetBoolean()));
        Assert.False(Directory.Exists(folder.At("runs")), "To look must leave nothing behind.");
    }

    [Fact]
    public async Task What_is_missing_fails_and_is_named_with_what_to_do()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.At("file"), "", TestContext.Current.CancellationToken);
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        var outcome = await Cli.RunAsync("doctor", "--store", folder.At("file"), "--port", $"{((IPEndPoint)other.LocalEndpoint).Port}");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Matches(@"missing  store      .*file is a file\n +Choose a folder that you can write to: --store DIR", outcome.Output);
        Assert.Matches(@"missing  port       .*\n +Choose another port with --port", outcome.Output);
        Assert.Contains("ok       processor", outcome.Output);
    }
}
