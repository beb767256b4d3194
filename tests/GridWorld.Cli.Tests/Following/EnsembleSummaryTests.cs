using System.Text.Json;

namespace GridWorld.Tests;

/// <summary>Ensembles on the command line.</summary>
public sealed class EnsembleSummaryTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Each_seed_is_summarized_as_its_single_run_is()
    {
        var ensemble = await JsonAsync("train", "--world", "cliff-walking", "--learner", "sarsa", "--episodes", "150", "--seed", "4",
            "--seeds", "3");

        var seeds = ensemble.GetProperty("seeds").EnumerateArray().ToList();
        Assert.Equal([4, 5, 6], seeds.Select(s => s.GetProperty("seed").GetInt32()));
        foreach (var seed in seeds)
        {
            var alone = await JsonAsync("train", "--world", "cliff-walking", "--learner", "sarsa", "--episodes", "150",
                "--seed", seed.GetProperty("seed").GetRawText());
            foreach (string fact in new[] { "episodes", "steps", "mean_return_last_100", "greedy_value", "optimal_value", "q_checksum" })
                Assert.Equal(alone.GetProperty(fact).GetRawText(), seed.GetProperty(fact).GetRawText());
        }

        double[] means = [.. seeds.Select(s => s.GetProperty("mean_return_last_100").GetDouble()).Order()];
        var interval = ensemble.GetProperty("interval").EnumerateArray().Select(v => v.GetDouble()).ToList();
        // Of three scores none is trimmed: ⌊3/4⌋ = 0.
        Assert.Equal(means.Average(), ensemble.GetProperty("iqm").GetDouble(), precision: 9);
        Assert.True(interval is [var low, var high] && low < means.Average() && high > means.Average());
    }

    [Fact]
    public async Task A_seed_is_a_run_for_every_command_that_reads_one()
    {
        string id = (await JsonAsync("train", "--world", "cliff-walking", "--episodes", "60", "--seeds", "2", "--name", "pair"))
            .GetProperty("ensemble_id").GetString()!;

        var shown = await JsonAsync("runs", "show", "pair/2");
        Assert.Equal((id + "/2", 60), (shown.GetProperty("run_id").GetString(), shown.GetProperty("episodes").GetInt32()));
        Assert.True((await JsonAsync("runs", "verify", "pair/2"))[0].GetProperty("good").GetBoolean());
        Assert.NotEmpty((await JsonAsync("episode", "pair/2", "60", "--format", "json")).EnumerateArray());
        var fork = await JsonAsync("fork", "pair/2", "--at", "30", "--epsilon", "0.01", "--episodes", "10");
        Assert.Equal((id + "/2", 40), (fork.GetProperty("parent_run_id").GetString(), fork.GetProperty("episodes").GetInt32()));
        var (export, _, error) = await CliAsync("export", "pair/1", "--what", "metrics", "--output-file", folder.At("out.csv"));
        Assert.True(export == 0, error);
        Assert.Equal(61, File.ReadLines(folder.At("out.csv")).Count());
    }

    [Fact]
    public async Task An_ensemble_is_resumed_with_more_episodes()
    {
        await JsonAsync("train", "--world", "cliff-walking", "--episodes", "60", "--seeds", "2", "--name", "pair");

        var resumed = await JsonAsync("resume", "pair", "--episodes", "40");

        var straight = await JsonAsync("train", "--world", "cliff-walking", "--episodes", "100", "--seeds", "2");
        Assert.Equal(straight.GetProperty("seeds").EnumerateArray().Select(s => s.GetProperty("hash").GetString()),
            resumed.GetProperty("seeds").EnumerateArray().Select(s => s.GetProperty("hash").GetString()));
    }

    [Theory]
    [InlineData("--seeds must be a whole number from 1 to 1000000 (got 0).", "train", "--world", "cliff-walking", "--seeds", "0")]
    [InlineData("--pace is for a single run.", "train", "--world", "cliff-walking", "--seeds", "2", "--pace", "5")]
    [InlineData("The last of 2 seeds must be at most 18446744073709551615 (got first seed 18446744073709551615).",
        "train", "--world", "cliff-walking", "--seeds", "2", "--seed", "18446744073709551615")]
    [InlineData("There is no run 'nothing/1'", "runs", "show", "nothing/1")]
    [InlineData("--threads is for an ensemble", "train", "--world", "cliff-walking", "--threads", "2")]
    public async Task Wrong_input_exits_2_and_stores_nothing(string message, params string[] arguments)
    {
        var (exit, output, error) = await CliAsync(arguments);

        Assert.Equal((2, ""), (exit, output));
        Assert.Contains(message, error);
        Assert.Empty(folder.Files);
    }

    async Task<JsonElement> JsonAsync(params string[] arguments) =>
        (await CliAsync([.. arguments, .. arguments[0] == "episode" ? [] : new[] { "--json" }])).Json;

    Task<Outcome> CliAsync(params string[] arguments) => Cli.RunAsync([.. arguments, "--store", folder.Path]);
}
