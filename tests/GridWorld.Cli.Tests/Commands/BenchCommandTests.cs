using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace GridWorld.Tests;

public sealed class BenchCommandTests
{
    [Theory]
    [InlineData(10, 3_000_000, 1)]
    [InlineData(10, 1_000_003, 18446744073709551615)]
    [InlineData(100, 3_000_000, 1)]
    [InlineData(1000, 3_000_000, 1)]
    public async Task Bits_are_those_of_the_plain_C_program(int size, long steps, ulong seed)
    {
        using var folder = new TemporaryFolder();
        string program = CCompiler.Compile(folder.Path, "bench/peers/qlearning.c", "-O3", "-march=native", "-ffp-contract=off");
        var c = JsonDocument.Parse(Read(program, $"{size}", $"{size}", $"{steps}",
            seed.ToString(CultureInfo.InvariantCulture))).RootElement;

        var ours = (await Cli.RunAsync("bench", "--world", $"empty-{size}x{size}", "--steps", $"{steps}", "--seed", $"{seed}", "--ties",
            "first", "--json")).Json;

        Assert.Equal(Digits(c, "checksum"), Digits(ours, "q_checksum"));
        Assert.Equal(Digits(c, "mean_return"), Digits(ours, "mean_return"));
        Assert.Equal(steps, ours.GetProperty("steps").GetInt64());
    }

    [Fact]
    public async Task Several_seeds_give_each_the_checksum_of_its_own()
    {
        string[] command = ["bench", "--world", "windy", "--steps", "20011", "--json"];
        var all = (await Cli.RunAsync([.. command, "--seed", "7", "--seeds", "2"])).Json.GetProperty("q_checksum");
        var seventh = (await Cli.RunAsync([.. command, "--seed", "7"])).Json.GetProperty("q_checksum");
        var eighth = (await Cli.RunAsync([.. command, "--seed", "8"])).Json.GetProperty("q_checksum");

        Assert.Equal([seventh.GetDouble(), eighth.GetDouble()], all.EnumerateArray().Select(q => q.GetDouble()));
    }

    [Fact]
    public async Task Being_watched_changes_no_bit()
    {
        string[] command = ["bench", "--world", "windy-stochastic", "--steps", "3000001", "--json"];
        var alone = (await Cli.RunAsync(command)).Json;
        var watched = (await Cli.RunAsync([.. command, "--watched"])).Json;

        foreach (string field in new[] { "q_checksum", "mean_return", "episodes", "steps" })
            Assert.Equal(alone.GetProperty(field).GetRawText(), watched.GetProperty(field).GetRawText());
        Assert.InRange(watched.GetProperty("frames").GetInt64(), 1, long.MaxValue);
    }

    [Fact]
    public async Task Mean_return_is_0_before_an_episode_has_ended()
    {
        var ours = (await Cli.RunAsync("bench", "--world", "empty-100x100", "--steps", "5", "--json")).Json;

        Assert.Equal((0, 5, 0),
            (ours.GetProperty("mean_return").GetDouble(), ours.GetProperty("steps").GetInt64(), ours.GetProperty("episodes").GetInt64()));
    }

    static string Digits(JsonElement json, string name) => json.GetProperty(name).GetDouble().ToString("G17", CultureInfo.InvariantCulture);

    static string Read(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
