using System.Text.Json;

namespace GridWorld.Tests;

/// <summary>Sweeps on the command line.</summary>
public sealed class SweepCommandTests : IDisposable
{
    const string Definition = """
        {
          "name": "four", "worlds": ["cliff-walking", "windy"], "learners": ["q-learning", "sarsa"], "episodes": 40, "seeds": 3,
          "test_seeds": 2, "space": {"learning_rate": {"choice": [0.1, 0.5]}}
        }
        """;

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Sweep_names_the_best_settings_and_tests_them()
    {
        var sweep = (await RunAsync("sweep", folder.Write("four.sweep.json", Definition), "--json")).Json;

        var trials = sweep.GetProperty("trials").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(1, 8), trials.Select(t => t.GetProperty("trial").GetInt32()));
        Assert.All(trials, t => Assert.Equal(("done", 3), (t.GetProperty("state").GetString(), t.GetProperty("seeds").GetInt32())));
        foreach (var best in sweep.GetProperty("best").EnumerateArray())
        {
            var group = trials.Where(t => Same(t, best, "world") && Same(t, best, "learner")).ToList();
            Assert.Equal(2, group.Count);
            Assert.Equal(group.Max(t => t.GetProperty("objective").GetDouble()), best.GetProperty("objective").GetDouble());
            Assert.Equal(2, best.GetProperty("interval").GetArrayLength());
        }

        static bool Same(JsonElement a, JsonElement b, string name) => a.GetProperty(name).GetString() == b.GetProperty(name).GetString();
    }

    [Fact]
    public async Task Trial_has_the_mean_of_its_single_runs()
    {
        string file = folder.Write("one.sweep.json",
            """{"world": "windy", "learner": "sarsa", "episodes": 40, "seeds": 2, "first_seed": 8, "settings": {"learning_rate": 0.25}}""");

        var trial = (await RunAsync("sweep", file, "--json")).Json.GetProperty("trials")[0];

        var runs = new List<double>();
        foreach (string seed in new[] { "8", "9" })
        {
            runs.Add((await RunAsync("train", "--world", "windy", "--learner", "sarsa", "--episodes", "40", "--seed", seed,
                "--learning-rate", "0.25", "--json")).Json.GetProperty("mean_return_last_100").GetDouble());
        }

        Assert.Equal(runs.Average(), trial.GetProperty("objective").GetDouble(), precision: 10);
    }

    [Theory]
    [InlineData("sweep", "long.sweep.json")]
    [InlineData("train", "--world", "windy", "--seeds", "2", "--episodes", "100000000")]
    public async Task Sweep_or_ensemble_is_served_while_it_trains(params string[] arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs kill");
        folder.Write("long.sweep.json", """{"world": "windy", "episodes": 100000000, "seeds": 2, "test_seeds": 0}""");
        using var process = Cli.Start(folder.Path, [.. arguments, "--serve", "--json", "--store", folder.Path]);
        var url = new Uri((await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken))!);
        var (token, id) = (url.Fragment[1..].Split('/')[0], url.Fragment.Split("/sweep=")[1]);
        using var client = new HttpClient { BaseAddress = url };
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);

        var status = JsonDocument.Parse(await client.GetStringAsync($"api/sweep/{id}/status", TestContext.Current.CancellationToken));
        var outcome = await Cli.SignalAsync(process, "INT");

        Assert.Equal(("training", true), (status.RootElement.GetProperty("state").GetString(),
            status.RootElement.GetProperty("can_control").GetBoolean()));
        Assert.Equal("stopped", outcome.Json.GetProperty("state").GetString());
        Assert.StartsWith("Stopped", Assert.Single(outcome.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sweep_is_listed_shown_verified_and_deleted()
    {
        await RunAsync("sweep", folder.Write("four.sweep.json", Definition));

        var listed = Assert.Single((await RunAsync("sweeps", "list", "--json")).Json.EnumerateArray());
        string id = listed.GetProperty("sweep_id").GetString()!;
        Assert.Equal(("four", "sweep", "completed", 8), (listed.GetProperty("name").GetString(), listed.GetProperty("kind").GetString(),
            listed.GetProperty("state").GetString(), listed.GetProperty("trials").GetInt32()));
        Assert.Equal(id, (await RunAsync("sweeps", "show", "four", "--json")).Json.GetProperty("sweep_id").GetString());
        Assert.Contains("best in", (await RunAsync("sweeps", "show", "four")).Output);
        Assert.True((await RunAsync("sweeps", "verify", "four", "--sample", "3", "--json")).Json.GetProperty("good").GetBoolean());
        Assert.Equal($"{id}/2/1", (await RunAsync("runs", "show", "four/2/1", "--json")).Json.GetProperty("run_id").GetString());
        Assert.Equal(0, (await RunAsync("sweeps", "delete", "four")).ExitCode);
        Assert.Equal(2, (await RunAsync("sweeps", "show", "four")).ExitCode);
    }

    [Fact]
    public async Task Interrupted_sweep_is_resumed_to_the_same_hash()
    {
        string file = folder.Write("long.sweep.json",
            Definition.Replace("\"episodes\": 40", "\"episodes\": 200000").Replace("[0.1, 0.5]", "[0.1, 0.2, 0.3, 0.4, 0.5]"));
        using var process = Cli.Start(folder.Path, "sweep", file, "--store", folder.At("killed"));
        while (!process.HasExited && (SweepFolder.List(folder.At("killed")) is not [{ Error: null, Ended: > 0 }]))
            await Task.Delay(10, TestContext.Current.CancellationToken);
        var stopped = await Cli.SignalAsync(process, "INT");
        Assert.Contains("To resume: gridworld sweeps resume four-", stopped.Error);

        var resumed = (await Cli.RunAsync("sweeps", "resume", "four", "--store", folder.At("killed"), "--json")).Json;

        var straight = (await RunAsync("sweep", file, "--json")).Json;
        Assert.Equal(straight.GetProperty("hash").GetString(), resumed.GetProperty("hash").GetString());
        Assert.Equal(straight.GetProperty("trials").GetRawText(), resumed.GetProperty("trials").GetRawText());
    }

    [Fact]
    public async Task Trial_that_fails_makes_the_exit_code_1()
    {
        string file = folder.Write("bad.sweep.json",
            """{"world": "huge.world.json", "episodes": 500, "seeds": 1, "test_seeds": 0, "settings": {"learning_rate": 1, "discount_factor": 1}}""");
        folder.Write("huge.world.json", """{"map": ["S..", "..G"], "step_reward": -1e308, "max_steps": 100}""");

        var (exit, output, _) = await RunAsync("sweep", file, "--json");

        Assert.Equal(1, exit);
        Assert.Equal("failed", JsonDocument.Parse(output).RootElement.GetProperty("trials")[0].GetProperty("state").GetString());
    }

    [Fact]
    public async Task New_file_trains_as_it_is_and_is_never_overwritten()
    {
        string file = folder.At("new.sweep.json");

        Assert.Equal(0, (await RunAsync("sweep", "--new", file)).ExitCode);
        var count = (await RunAsync("sweep", "--dry-run", file, "--json")).Json;
        var again = await RunAsync("sweep", "--new", file);

        // Four learning rates for two learners, and with 3 values of n for the third.
        Assert.Equal((4 + 4 + 12, (4 + 4 + 12) * 5 + 3 * 10),
            (count.GetProperty("trials").GetInt32(), count.GetProperty("runs").GetInt32()));
        Assert.Equal(2, again.ExitCode);
        Assert.Contains("already exists", again.Error);
    }

    [Fact]
    public async Task Faults_of_a_file_are_all_named_with_their_places_and_nothing_is_written()
    {
        string file = folder.Write("bad.sweep.json", """
            {"world": "cliff-walkin", "seeds": 0, "first_seed": "18446744073709551615", "budget_steps": 0, "sampler": "random",
             "space": {"learning_rate": {"log_uniform": [0, 1]}, "epsilo": {"choice": []}}}
            """);

        var (exit, _, error) = await RunAsync("sweep", file);

        Assert.Equal(2, exit);
        Assert.All(["bad.sweep.json: seeds must be", "budget_steps must be", "trials is missing", "space.epsilo is not an option",
            "space.learning_rate.log_uniform[0] must be above 0", "space.epsilo.choice must contain", "There is no world 'cliff-walkin'"],
            fault => Assert.Contains(fault, error));
        Assert.Equal(["bad.sweep.json"], folder.Files);
    }

    Task<Outcome> RunAsync(params string[] arguments) =>
        arguments.Contains("--new") || arguments.Contains("--dry-run")
            ? Cli.RunAsync(arguments) : Cli.RunAsync([.. arguments, "--store", folder.At("store")]);
}
