using System.Text.Json;

namespace GridWorld.Tests;

public sealed class StoreTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_killed_run_resumes_exactlys_of_one_that_was_not()
    {
        string[] options = ["--world", "windy-stochastic", "--episodes", "400", "--seed", "5", "--checkpoint-every", "10"];
        using var process = Cli.Start(folder.Path, ["train", .. options, "--store", "killed", "--name", "victim", "--pace", "20000"]);
        while (!(await Rows("killed")).Any(r => r.GetProperty("episodes").GetInt64() > 20))
        {
            Assert.False(process.HasExited);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var killed = Assert.Single(await Rows("killed"));
        var resumed = (await Cli.RunAsync("resume", "victim", "--store", folder.At("killed"), "--json")).Json;
        var straight = (await Cli.RunAsync(["train", .. options, "--store", folder.At("straight"), "--json"])).Json;

        Assert.Equal("interrupted", killed.GetProperty("state").GetString());
        foreach (string field in new[] { "episodes", "steps", "q_checksum", "mean_return_last_100", "greedy_value" })
            Assert.Equal(straight.GetProperty(field).GetRawText(), resumed.GetProperty(field).GetRawText());
    }

    [Fact]
    public async Task More_episodes_after_the_end_are_those_of_a_longer_run()
    {
        await Train("short", "--episodes", "60");
        var longer = await Train("long", "--episodes", "100");

        var resumed = (await Cli.RunAsync("resume", "short", "--episodes", "40", "--store", folder.At("store"), "--json")).Json;

        Assert.Equal(longer.GetProperty("q_checksum").GetRawText(), resumed.GetProperty("q_checksum").GetRawText());
        Assert.Equal(100, resumed.GetProperty("episodes").GetInt64());
    }

    // At the pace it had, ten thousand steps and more would take an hour.
    [Fact]
    public async Task A_slow_run_goes_on_as_fast_as_is_asked_for()
    {
        using var process = Cli.Start(folder.Path,
            ["train", "--world", "cliff-walking", "--episodes", "500", "--store", "store", "--name", "slow", "--pace", "3"]);
        while ((await Rows("store")).Length == 0)
            await Task.Delay(20, TestContext.Current.CancellationToken);
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        var resumed = (await Cli.RunAsync("resume", "slow", "--pace", "full", "--store", folder.At("store"), "--json")).Json;

        Assert.Equal(500, resumed.GetProperty("episodes").GetInt64());
    }

    [Fact]
    public async Task A_run_is_found_by_id_by_the_beginning_of_its_id_and_by_name()
    {
        string id = (await Train("my run")).GetProperty("run_id").GetString()!;

        foreach (string word in new[] { id, id[..^3], "my run" })
            Assert.Equal(id, (await Run("runs", "show", word, "--json")).Json.GetProperty("run_id").GetString());
    }

    [Fact]
    public async Task A_name_stands_for_its_newest_run_and_a_deletion_needs_more_than_a_guess()
    {
        string older = (await Train("windy")).GetProperty("run_id").GetString()!, newer = (await Train("windy")).GetProperty("run_id")
            .GetString()!;

        var refused = await Run("runs", "delete", "windy");
        var shown = (await Run("runs", "show", "windy", "--json")).Json.GetProperty("run_id").GetString();
        var list = (await Run("runs")).Output.Split('\n');
        var deleted = await Run("runs", "delete", "windy", "--yes");

        Assert.Equal((2, "", newer), (refused.ExitCode, refused.Output, shown));
        Assert.StartsWith($"2 runs are named 'windy': {older}, {newer};", refused.Error, StringComparison.Ordinal);
        Assert.Contains("windy (older)", Assert.Single(list, l => l.StartsWith(older, StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.DoesNotContain("(older)", Assert.Single(list, l => l.StartsWith(newer, StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal((0, $"Deleted {newer}.\n", $"Deleting {newer}: 'windy', 50 episodes, completed.\n"),
            (deleted.ExitCode, deleted.Output, deleted.Error));
        Assert.Equal([older], (await Rows("store")).Select(r => r.GetProperty("run_id").GetString()));
    }

    [Fact]
    public async Task Lists_tell_worlds_apart_by_their_hash()
    {
        await Train("a");

        string hash = (await Run("runs", "show", "a", "--json")).Json.GetProperty("world_hash").GetString()!;

        Assert.Equal(Worlds.Get("windy").Hash, hash);
        Assert.Equal(hash, (await Rows("store"))[0].GetProperty("world_hash").GetString());
        Assert.Contains($" {hash[..8]} ", (await Run("runs")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Control_characters_of_a_name_are_shown_escaped()
    {
        await Train("\e[31mred\nline");

        string[] shown = [(await Run("runs")).Output, (await Run("runs", "show", "\e[31mred\nline")).Output,
            (await Run("compare", "\e[31mred\nline", "\e[31mred\nline")).Output,
            (await Run("runs", "delete", "\e[31mred\nline", "--yes")).Error];
        string unknown = (await Run("runs", "show", "\e[31mred")).Error;

        Assert.All(shown, text => Assert.Contains(@"\e[31mred\nline", text, StringComparison.Ordinal));
        Assert.Contains(@"'\e[31mred'", unknown, StringComparison.Ordinal);
        Assert.All([.. shown, unknown], text => Assert.DoesNotContain('\e', text));
    }

    [Fact]
    public async Task Listed_runs_tell_what_they_are()
    {
        await Train("a");
        await Train("b", "--learner", "sarsa");

        var rows = await Rows("store");

        Assert.Equal(["a", "b"], rows.Select(r => r.GetProperty("name").GetString()));
        Assert.Equal(["q-learning", "sarsa"], rows.Select(r => r.GetProperty("learner").GetString()));
        Assert.All(rows, r => Assert.Equal(("completed", 50), (r.GetProperty("state").GetString(), r.GetProperty("episodes").GetInt32())));
    }

    [Fact]
    public async Task A_damaged_file_is_found_told_of_and_may_be_deleted()
    {
        string id = (await Train("a")).GetProperty("run_id").GetString()!, file = folder.At($"store/{id}.run.db");
        byte[] bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        bytes.AsSpan(4096, 4096).Fill(0xff);
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);

        var verified = await Run("runs", "verify");
        var deleted = await Run("runs", "delete", id);

        Assert.Equal(1, verified.ExitCode);
        Assert.Contains("damaged", verified.Error, StringComparison.Ordinal);
        Assert.Equal((0, false), (deleted.ExitCode, File.Exists(file)));
    }

    [Fact]
    public async Task A_run_is_verified_by_running_it_again()
    {
        string id = (await Train("a")).GetProperty("run_id").GetString()!;

        Assert.Equal((0, $"{id}: good\n"), await Verified());
        Assert.Equal((0, $"{id}: good\n"), await Verified("--quick"));
        Assert.True((await Run("runs", "verify", "a", "--json")).Json[0].GetProperty("good").GetBoolean());

        async Task<(int, string)> Verified(params string[] options)
        {
            var result = await Run(["runs", "verify", "a", .. options]);
            return (result.ExitCode, result.Output);
        }
    }

    [Fact]
    public async Task Evaluation_agrees_with_the_exact_value_of_a_deterministic_world()
    {
        await Cli.RunAsync("train", "--world", "cliff-walking", "--name", "cliff", "--episodes", "2000", "--learning-rate", "0.5",
            "--store", folder.At("store"));

        var evaluated = (await Run("evaluate", "cliff", "--episodes", "7", "--json")).Json;

        Assert.Equal((7, 1, -13, 0, 13), (evaluated.GetProperty("episodes").GetInt32(), evaluated.GetProperty("success_rate").GetDouble(),
            evaluated.GetProperty("mean_return").GetDouble(), evaluated.GetProperty("std_return").GetDouble(),
            evaluated.GetProperty("mean_length").GetDouble()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(50)]
    public async Task Any_episode_can_be_shown_step_by_step_as_it_was(int episode)
    {
        await Train("a", "--checkpoint-every", "5", "--debug-trace", "50", "--output-file", folder.At("m.json"));

        var shown = (await Run("episode", "a", $"{episode}", "--format", "json")).Json.EnumerateArray().ToArray();
        var csv = (await Run("episode", "a", $"{episode}")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        var trace = JsonDocument.Parse(await File.ReadAllTextAsync(folder.At("m.json"),
            TestContext.Current.CancellationToken)).RootElement.GetProperty("trace")[episode - 1];
        string[] columns = ["step", "state", "x", "y", "action", "reward", "next_state"];
        Assert.Equal(trace.EnumerateArray().Select(s => Values(s, columns)), shown.Select(s => Values(s, columns)));
        Assert.Equal("episode,step,state,x,y,action,reward,next_state,terminated,truncated,explored,q_up,q_right,q_down,q_left", csv[0]);
        Assert.Equal(shown.Length + 1, csv.Length);
        Assert.True(shown[^1].GetProperty("terminated").GetBoolean());
        // A step that was not explored took a best action of the row it was chosen from.
        Assert.All(shown.Where(s => !s.GetProperty("explored").GetBoolean()), s =>
        {
            double[] q = [.. s.EnumerateObject().Where(p => p.Name.StartsWith("q_", StringComparison.Ordinal))
                .Select(p => p.Value.GetDouble())];
            Assert.Equal(q.Max(), q[s.GetProperty("action").GetInt32()]);
        });

        static string Values(JsonElement step, string[] columns) => string.Join(' ', columns.Select(c => step.GetProperty(c).GetRawText()));
    }

    [Fact]
    public async Task A_fork_goes_its_own_way_from_an_episode_and_names_its_parent()
    {
        var parent = await Train("a");

        var same = (await Run("fork", "a", "--at", "17", "--json")).Json;
        var other = (await Run("fork", "a", "--at", "17", "--learning-rate", "0.9", "--episodes", "100", "--name", "b", "--json")).Json;

        Assert.Equal(parent.GetProperty("q_checksum").GetRawText(), same.GetProperty("q_checksum").GetRawText());
        Assert.Equal((117, 17), (other.GetProperty("episodes").GetInt32(), other.GetProperty("parent_episode").GetInt32()));
        Assert.Equal(0.9, (await Run("runs", "show", "b", "--json")).Json.GetProperty("learning_rate").GetDouble());
        string id = parent.GetProperty("run_id").GetString()!;
        Assert.Equal([null, id, id], (await Rows("store")).Select(r => r.GetProperty("parent_run_id").GetString()));
        Assert.Contains(id, (await Run("runs", "show", "b")).Output, StringComparison.Ordinal);
        Assert.Equal((await Run("episode", "a", "9")).Output, (await Run("episode", "b", "9")).Output);
        await Run("runs", "delete", "a");
        Assert.Equal(118, (await Run("resume", "b", "--episodes", "1", "--json")).Json.GetProperty("episodes").GetInt32());
    }

    [Fact]
    public async Task Runs_are_compared_side_by_side()
    {
        await Train("a");
        await Train("b", "--seed", "2");

        var compared = (await Run("compare", "a", "b", "--json")).Json;
        string text = (await Run("compare", "a", "b")).Output;

        Assert.Equal([("a", 1), ("b", 2)], compared.EnumerateArray()
            .Select(r => (r.GetProperty("name").GetString()!, r.GetProperty("seed").GetInt32())));
        Assert.Matches(@"(?m)^steps per second +[0-9,]+ +[0-9,]+$", text);
        Assert.DoesNotContain("unknown", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("resume nobody", "There is no run 'nobody' in ")]
    [InlineData("resume", "Specify a run by id, by name or by the beginning of an id. 'gridworld runs' lists them.")]
    [InlineData("compare a", "Specify at least 2 runs by id, by name or by the beginning of an id. 'gridworld runs' lists them.")]
    [InlineData("evaluate a b", "'b' is one argument too many.")]
    [InlineData("evaluate a --episodes 0", "--episodes must be a whole number from 1 to 1000000 (got 0).")]
    [InlineData("resume a --episodes -1", "--episodes must be a whole number from 1 to 9223372036854775807 (got -1).")]
    [InlineData("resume a --pace 0", "--pace must be a number of steps per second above 0, or full (got 0).")]
    [InlineData("resume a --checkpoint none", "The run windy-")]
    [InlineData("export a --what all --output-file x.csv",
        "--what must be metrics or q-table or trajectories or events or policy or mdp or picture or animation (got all).")]
    [InlineData("export a --what policy --output-file x.xls",
        "Cannot write policy to 'x.xls'. The file name must end in .csv, .json, .jsonl, .parquet or .onnx.")]
    [InlineData("episode a 51", "The run has 50 episodes: choose one between 1 and 50 (got 51).")]
    [InlineData("export a --what policy --last 3 --output-file x.csv", "--last applies only to --what trajectories.")]
    [InlineData("episode a x", "The episode must be a whole number from 1 (got x).")]
    [InlineData("fork a --at 51", "The run has 50 episodes: choose one between 0 and 50 (got 51).")]
    [InlineData("fork a --at 5 --epsilon 2", "Epsilon must be between 0 and 1 (got 2).")]
    [InlineData("fork a",
        "The run's target is 50 episodes, but the fork starts after episode 50. Set the number of episodes to train (episodes).")]
    [InlineData("runs shw", "There is no command 'shw'. Did you mean show?")]
    public async Task Bad_input_exits_2_with_one_clear_message(string commandLine, string message)
    {
        await Train("a");

        var outcome = await Run(commandLine.Split(' '));

        Assert.Equal((2, ""), (outcome.ExitCode, outcome.Output));
        Assert.StartsWith(message, Assert.Single(outcome.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_cannot_be_written_is_refused_and_nothing_is_left()
    {
        string file = folder.Write("file", "no folder");

        var outcome = await Cli.RunAsync("train", "--world", "windy", "--store", Path.Combine(file, "store"), "--output-file",
            folder.At("m.json"));

        Assert.Equal((2, ""), (outcome.ExitCode, outcome.Output));
        Assert.StartsWith($"The run cannot be stored in {file}", Assert.Single(outcome.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(["file"], folder.Files);
    }

    [Fact]
    public async Task Serve_prints_its_address_alone_on_its_line_and_ends_at_Ctrl_C()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs kill");
        string id = (await Train("a")).GetProperty("run_id").GetString()!;
        using var process = Cli.Start(folder.Path, "serve", "--store", "store");
        string url = (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!;
        Assert.Matches("^http://127.0.0.1:[0-9]+/#[A-Za-z0-9_-]+$", url);
        using (var http = new HttpClient())
        {
            http.DefaultRequestHeaders.Authorization = new("Bearer", url.Split('#')[1]);
            var status = await http.GetStringAsync(new Uri(new(url), $"/api/training-session/{id}/status"),
                TestContext.Current.CancellationToken);
            Assert.Equal(50, JsonDocument.Parse(status).RootElement.GetProperty("episodes").GetInt64());
        }

        var outcome = await Cli.SignalAsync(process, "INT");

        Assert.Equal((0, "", ""), (outcome.ExitCode, outcome.Output, outcome.Error));
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("replay", "a")]
    [InlineData("train", "--world", "windy", "--pace", "1000", "--serve")]
    [InlineData("resume", "a", "--serve", "--episodes", "1")]
    public async Task What_shows_the_widget_ends_at_a_request_to_terminate_also_where_it_hears_no_Ctrl_C(params string[] command)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs env and kill");
        await Train("a");
        using var process = Cli.StartDeaf(folder.Path, [.. command, "--store", "store"]);
        var said = command[0] is "serve" or "replay" ? process.StandardOutput : process.StandardError;
        Assert.StartsWith("http://127.0.0.1:", await said.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        var outcome = await Cli.SignalAsync(process, "TERM");

        Assert.Equal(0, outcome.ExitCode);
    }

    Task<Outcome> Run(params string[] arguments) => Cli.RunAsync([.. arguments, "--store", folder.At("store")]);

    async Task<JsonElement> Train(string name, params string[] options) =>
        (await Run(["train", "--world", "windy", "--name", name, .. options.Contains("--episodes") ? [] : new[] { "--episodes", "50" },
        .. options, "--json"])).Json;

    async Task<JsonElement[]> Rows(string store) =>
        [.. (await Cli.RunAsync("runs", "list", "--store", folder.At(store), "--json")).Json.EnumerateArray()];
}
