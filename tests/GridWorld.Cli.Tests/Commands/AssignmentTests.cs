using System.Text.Json;

namespace GridWorld.Tests;

/// <summary>Submitted run files against what a teacher asked for.</summary>
public sealed class AssignmentTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Good_run_under_any_name_gets_its_points_and_every_other_one_its_faults()
    {
        var token = TestContext.Current.CancellationToken;
        string assignment = await WriteAsync($$"""
            {"world_hash": "{{Worlds.CliffWalking().Hash}}", "learner": "q-learning", "episodes": 400,
             "settings": {"learning_rate": [0.1, 0.6], "epsilon": [0.05, 0.2], "max_steps": [1000, 1000000] } }
            """);
        string good = await TrainAsync("cliff-walking", "--learning-rate", "0.5");
        string few = await TrainAsync("cliff-walking", "--episodes", "30"), easy = await TrainAsync(await EasyAsync());
        string sarsa = await TrainAsync("cliff-walking", "--learner", "sarsa", "--learning-rate", "0.9");
        string renamed = Path.Combine(folder.Path, "ada lovelace (1).bin"), torn = Path.Combine(folder.Path, "torn.run.db");
        File.Copy(good, renamed);
        byte[] bytes = await File.ReadAllBytesAsync(good, token);
        bytes.AsSpan(bytes.Length / 2, 64).Clear();
        await File.WriteAllBytesAsync(torn, bytes, token);

        var result = await Cli.RunAsync("runs", "verify", "--against", assignment, "--json", renamed, few, sarsa, easy, torn,
            "nobody.run.db");
        var rows = JsonDocument.Parse(result.Output).RootElement.EnumerateArray().ToList();

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(["file", "run_id", "ok", "faults", "points"], rows[0].EnumerateObject().Select(p => p.Name));
        Assert.Equal([true, false, false, false, false, false], rows.Select(r => r.GetProperty("ok").GetBoolean()));
        Assert.Equal(Path.GetFileName(good), rows[0].GetProperty("run_id").GetString() + ".run.db");
        Assert.Equal(1, rows[0].GetProperty("points").GetDouble()); // It learned the optimal policy, −13.
        Assert.Equal(["The run has 30 episodes; it must have 400."], Faults(rows[1]));
        Assert.Equal(["The learner is sarsa; it must be q-learning.",
            "Learning rate is 0.9 after episode 0; it must be a number between 0.1 and 0.6."], Faults(rows[2]));
        Assert.StartsWith("The world cliff-walking is not the one of the assignment: its hash is ", Assert.Single(Faults(rows[3])),
            StringComparison.Ordinal);
        Assert.Contains(torn, Assert.Single(Faults(rows[4])), StringComparison.Ordinal);
        Assert.Contains("nobody.run.db", Assert.Single(Faults(rows[5])), StringComparison.Ordinal);
        Assert.All(rows.Skip(4), row => Assert.Equal(0, row.GetProperty("points").GetDouble()));
    }

    [Fact]
    public async Task Change_during_the_run_counts_too()
    {
        string assignment = await WriteAsync("""{"settings": {"epsilon": [0.05, 0.2]}}""");
        var run = Worlds.CliffWalking().Train(new QLearning(), 50, options: new() { Store = folder.Path, StartPaused = true });
        run.Set(epsilon: 0.9);
        run.Resume();
        await run.Completion.WaitAsync(TestContext.Current.CancellationToken);

        var result = await Cli.RunAsync("runs", "verify", "--against", assignment, run.StorePath!);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Epsilon is 0.9 after episode 0; it must be a number between 0.05 and 0.2.", result.Output,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"episode": 3}""", "episode is not a known property.")]
    [InlineData("""{"settings": {"epsilon": [1, 0]}}""", "settings.epsilon must be [least, greatest].")]
    [InlineData("{", "this is not valid JSON.")]
    public async Task Faulty_assignment_is_wrong_input(string json, string words)
    {
        var result = await Cli.RunAsync("runs", "verify", "--against", await WriteAsync(json), "any.run.db");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
    }

    static IEnumerable<string> Faults(JsonElement row) => row.GetProperty("faults").EnumerateArray().Select(f => f.GetString()!);

    async Task<string> WriteAsync(string json)
    {
        string file = Path.Combine(folder.Path, $"{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(file, json, TestContext.Current.CancellationToken);
        return file;
    }

    // As cliff-walking, but a fall costs little.
    async Task<string> EasyAsync()
    {
        string file = Path.Combine(folder.Path, "easy.world.json");
        var cliff = Worlds.CliffWalking();
        await File.WriteAllTextAsync(file, cliff.With(cliff.Rules with { Rewards = new Dictionary<char, double> { ['C'] = -2 } }).ToJson(),
            TestContext.Current.CancellationToken);
        return file;
    }

    async Task<string> TrainAsync(string world, params string[] options)
    {
        var trained = await Cli.RunAsync(["train", "--world", world, "--store", folder.Path, "--json",
            .. options.Contains("--episodes") ? options : [.. options, "--episodes", "400"]]);
        return Path.Combine(folder.Path, trained.Json.GetProperty("run_id").GetString() + ".run.db");
    }
}
