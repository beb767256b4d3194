using System.Text.Json;

namespace GridWorld.Tests;

public sealed class ReplayCommandTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Replay_shows_a_stored_run_over_time_until_it_is_interrupted()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs kill");
        await Cli.RunAsync("train", "--world", "windy", "--name", "a", "--episodes", "50", "--store", folder.At("store"), "--json");
        using var process = Cli.Start(folder.Path, "replay", "a", "--over", "3600", "--from", "20", "--store", "store");
        string url = (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!;
        Assert.Matches("^http://127.0.0.1:[0-9]+/#[A-Za-z0-9_-]+/windy-[a-z0-9]+$", url);
        string[] secret = url.Split('#')[1].Split('/');
        using (var http = new HttpClient())
        {
            http.DefaultRequestHeaders.Authorization = new("Bearer", secret[0]);
            var status = JsonDocument.Parse(await http.GetStringAsync(new Uri(new(url), $"/api/training-session/{secret[1]}/status"),
                TestContext.Current.CancellationToken)).RootElement;
            Assert.Equal("training", status.GetProperty("state").GetString());
            Assert.InRange(status.GetProperty("episodes").GetInt64(), 20, 49);
            var replay = status.GetProperty("replay");
            Assert.Equal(3600, replay.GetProperty("duration").GetDouble() / replay.GetProperty("speed").GetDouble(), 3);
        }

        var outcome = await Cli.SignalAsync(process, "INT");

        Assert.Equal((0, "", ""), (outcome.ExitCode, outcome.Output, outcome.Error));
    }

    [Theory]
    [InlineData("--speed must be a number above 0 (got 0).", "--speed", "0")]
    [InlineData("Use --speed or --over, not both.", "--speed", "2", "--over", "9")]
    [InlineData("--from must be a whole number from 0 to 9223372036854775807 (got -1).", "--from", "-1")]
    [InlineData("The run has 50 episodes: choose one between 0 and 50 (got 51).", "--from", "51")]
    public async Task Replay_that_cannot_be_is_refused(string words, params string[] options)
    {
        await Cli.RunAsync("train", "--world", "windy", "--name", "a", "--episodes", "50", "--store", folder.At("store"), "--json");

        var outcome = await Cli.RunAsync(["replay", "a", "--store", folder.At("store"), .. options]);

        Assert.Equal((2, words), (outcome.ExitCode, Assert.Single(outcome.ErrorLines)));
    }
}
