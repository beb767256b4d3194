using System.Globalization;
using System.Text.Json;
using Parquet.Serialization;

namespace GridWorld.Tests;

public sealed class TrainCommandTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    string[] CliffWalking => ["train", "--world", "cliff-walking", "--episodes", "200", "--seed", "3", "--store", folder.At("store")];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Json_has_exactly_the_promised_fields()
    {
        var trained = (await Cli.RunAsync([.. CliffWalking, "--json"])).Json;

        Assert.Equal(["run_id", "episodes", "steps", "steps_per_second", "mean_return_last_100", "greedy_value", "optimal_value",
            "q_checksum"],
            trained.EnumerateObject().Select(p => p.Name));
        Assert.Equal(200, trained.GetProperty("episodes").GetInt64());
        Assert.Equal(-12.2478977001032, trained.GetProperty("optimal_value").GetDouble(), 1e-9);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_bits_and_another_seed_does_not()
    {
        double once = await Checksum("--seed", "7"), again = await Checksum("--seed", "7"), other = await Checksum("--seed", "8");

        Assert.Equal(once, again);
        Assert.NotEqual(once, other);

        async Task<double> Checksum(params string[] seed) =>
            (await Cli.RunAsync(["train", "--world", "windy", "--episodes", "50", "--store", folder.At("store"), "--json",
            .. seed])).Json.GetProperty("q_checksum").GetDouble();
    }

    [Fact]
    public async Task The_json_file_tells_every_episode_and_the_first_ten_step_by_step()
    {
        var trained = (await Cli.RunAsync([.. CliffWalking, "--output-file", folder.At("m.json"), "--json"])).Json;

        var file = JsonDocument.Parse(await File.ReadAllTextAsync(folder.At("m.json"), TestContext.Current.CancellationToken)).RootElement;
        var episodes = file.GetProperty("episodes").EnumerateArray().ToArray();
        var trace = file.GetProperty("trace").EnumerateArray().ToArray();
        Assert.Equal(["run", "episodes", "trace", "events", "summary"], file.EnumerateObject().Select(p => p.Name));
        Assert.Equal(Enumerable.Range(1, 200), episodes.Select(e => e.GetProperty("episode").GetInt32()));
        Assert.Equal(trained.GetProperty("steps").GetInt64(), episodes.Sum(e => e.GetProperty("length").GetInt64()));
        Assert.All(episodes,
            e => Assert.Equal(e.GetProperty("length").GetInt32(), e.GetProperty("action_counts").EnumerateArray().Sum(c => c.GetInt32())));
        Assert.All(episodes, e => Assert.Equal(JsonValueKind.Number, e.GetProperty("mean_q").ValueKind));
        Assert.Equal(trained.GetProperty("mean_return_last_100").GetDouble(),
            episodes[^100..].Average(e => e.GetProperty("return").GetDouble()), 1e-9);
        Assert.Equal(10, trace.Length);
        Assert.All(trace.Zip(episodes), pair => Assert.Equal(pair.Second.GetProperty("length").GetInt32(), pair.First.GetArrayLength()));
        Assert.Equal("""{"step":1,"state":36,"x":0,"y":3,""", trace[0][0].GetRawText()[..33]);
        Assert.Equal(trained.GetProperty("q_checksum").GetDouble(), file.GetProperty("summary").GetProperty("q_checksum").GetDouble());
        Assert.Equal(0.1, file.GetProperty("run").GetProperty("hyperparameters").GetProperty("epsilon").GetDouble());
        Assert.DoesNotContain(folder.Files, f => f.EndsWith(".part", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_parquet_file_holds_the_columns_of_the_csv_file()
    {
        await Cli.RunAsync([.. CliffWalking, "--output-file", folder.At("m.parquet")]);
        await Cli.RunAsync([.. CliffWalking, "--output-file", folder.At("m.csv")]);

        string[] csv = await File.ReadAllLinesAsync(folder.At("m.csv"), TestContext.Current.CancellationToken);
        await using var parquet = File.OpenRead(folder.At("m.parquet"));
        var table = await ParquetSerializer.DeserializeUntypedAsync(parquet, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(csv[0].Split(','), table.Schema.DataFields.Select(f => f.Name));
        Assert.Equal(csv.Skip(1).Select(line => line.Split(',')[1]),
            table.Data.Select(row => Convert.ToString(row["return"], CultureInfo.InvariantCulture)));
        Assert.All(table.Data,
            row => Assert.Equal(row["length"], table.Schema.DataFields.Select(f => f.Name)
            .Where(n => n.StartsWith("count_", StringComparison.Ordinal)).Sum(n => (int)row[n]!)));
    }

    [Fact]
    public async Task Recording_changes_no_bit()
    {
        var plain = (await Cli.RunAsync([.. CliffWalking, "--json"])).Json;
        var recorded = (await Cli.RunAsync([.. CliffWalking, "--output-file", folder.At("m.csv"), "--debug-trace", "3", "--json"])).Json;

        Assert.Equal(plain.GetProperty("q_checksum").GetDouble(), recorded.GetProperty("q_checksum").GetDouble());
    }

    [Fact]
    public async Task The_csv_and_jsonl_files_hold_the_same_episodes()
    {
        await Cli.RunAsync([.. CliffWalking, "--output-file", folder.At("m.csv")]);
        await Cli.RunAsync([.. CliffWalking, "--output-file", folder.At("m.jsonl")]);

        string[] csv = await File.ReadAllLinesAsync(folder.At("m.csv"), TestContext.Current.CancellationToken);
        string[] lines = await File.ReadAllLinesAsync(folder.At("m.jsonl"), TestContext.Current.CancellationToken);
        Assert.Equal("episode,return,length,epsilon,learning_rate,mean_q,terminated,truncated,count_up,count_right,count_down,count_left",
            csv[0]);
        Assert.Equal(csv[1..], lines.Select(AsCsv));

        static string AsCsv(string line) => string.Join(',', JsonDocument.Parse(line).RootElement.EnumerateObject()
            .SelectMany(p => p.Value.ValueKind == JsonValueKind.Array ? p.Value.EnumerateArray()
            .Select(v => v.GetRawText()) : [p.Value.GetRawText()]));
    }

    [Fact]
    public async Task An_output_file_takes_the_place_of_the_one_before()
    {
        folder.Write("m.csv", "what was there");

        await Cli.RunAsync([.. CliffWalking, "--output-file", folder.At("m.csv")]);

        Assert.Equal(201, (await File.ReadAllLinesAsync(folder.At("m.csv"), TestContext.Current.CancellationToken)).Length);
    }

    [Fact]
    public async Task Traced_steps_go_to_stderr_where_no_json_file_takes_them()
    {
        var outcome = await Cli.RunAsync("train", "--world", "empty-2x1", "--episodes", "3", "--debug-trace", "1", "--store",
            folder.At("store"), "--json");

        Assert.Matches(@"^episode 1 step 1: state 0 \(0, 0\), (up|right|down|left)( \(explored\))?, reward -1, next state [01]$",
            outcome.ErrorLines[0]);
        Assert.Equal(JsonValueKind.Object, outcome.Json.ValueKind);
    }

    [Fact]
    public async Task Schedules_may_be_given_as_json()
    {
        await Cli.RunAsync([.. CliffWalking, "--epsilon", """{"schedule":"linear","from":1,"to":0,"over":100,"unit":"episodes"}""",
            "--output-file", folder.At("m.csv")]);

        double[] epsilons = [
            .. (await File.ReadAllLinesAsync(folder.At("m.csv"), TestContext.Current.CancellationToken))[1..].Select(line =>
                double.Parse(line.Split(',')[3], CultureInfo.InvariantCulture))];
        Assert.Equal((1, 0.5, 0), (epsilons[0], epsilons[50], epsilons[150]));
    }

    [Theory]
    [InlineData("sarsa")]
    [InlineData("double-q-learning")]
    [InlineData("n-step-sarsa", "--steps-ahead", "3")]
    [InlineData("sarsa-lambda", "--trace-decay", "0.5", "--traces", "replacing")]
    [InlineData("dyna-q", "--planning-steps", "2")]
    [InlineData("q-learning", "--behaviour", "softmax", "--temperature", "2")]
    [InlineData("q-learning", "--behavior", "softmax", "--temperature", "2")]
    public async Task Learners_take_their_own_options(string learner, params string[] options)
    {
        var trained = (await Cli.RunAsync([.. CliffWalking, "--learner", learner, .. options, "--json"])).Json;

        Assert.Equal(200, trained.GetProperty("episodes").GetInt64());
    }

    [Fact]
    public async Task Ctrl_C_stops_in_order_and_says_how_to_go_on()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs kill");
        using var process = Cli.Start(folder.Path, "train", "--world", "windy", "--pace", "1000", "--serve", "--output-file", "m.jsonl",
            "--json");
        string url = (await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken))!;
        Assert.Matches("^http://127.0.0.1:[0-9]+/#[A-Za-z0-9_-]+/windy-[a-z0-9]+$", url);

        var outcome = await Cli.SignalAsync(process, "INT");

        string id = outcome.Json.GetProperty("run_id").GetString()!;
        long episodes = outcome.Json.GetProperty("episodes").GetInt64();
        Assert.Equal([$"Stopped after episode {episodes}. To resume: gridworld resume {id}"], outcome.ErrorLines);
        Assert.Equal(episodes, (await File.ReadAllLinesAsync(folder.At("m.jsonl"), TestContext.Current.CancellationToken)).LongLength);
    }

    [Fact]
    public async Task A_failing_episode_spoils_no_number_but_its_own()
    {
        string path = folder.At("metrics.json");

        await Cli.RunAsync("train", "--world", "windy", "--learner", "sarsa-lambda", "--traces", "accumulating", "--trace-decay", "1",
            "--learning-rate", "1",
            "--episodes", "500", "--store", folder.Path, "--output-file", path);
        using var file = JsonDocument.Parse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        var episodes = file.RootElement.GetProperty("episodes").EnumerateArray().ToList();

        // Each step costs 1.
        Assert.All(episodes, e => Assert.Equal(-e.GetProperty("length").GetInt32(), e.GetProperty("return").GetDouble()));
        Assert.Equal(episodes.TakeLast(100).Average(e => e.GetProperty("return").GetDouble()),
            file.RootElement.GetProperty("summary").GetProperty("mean_return_last_100").GetDouble(), 1e-9);
    }

    [Fact]
    public async Task End_that_cannot_be_stored_ends_with_1_and_is_written_elsewhere()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere an open file cannot be deleted.");
        string rescued = Directory.CreateDirectory(folder.At("tmp")).FullName;
        using var process = Cli.StartWith($"TMPDIR={rescued}", folder.Path, "train", "--world", "windy", "--pace", "100000",
            "--checkpoint-every", "10", "--episodes", "100000", "--json", "--serve");
        string id = (await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken))!.Split('/')[^1];
        File.Delete(folder.At($".gridworld/{id}.run.db"));

        var outcome = await Cli.SignalAsync(process, "TERM");

        Assert.Equal(1, outcome.ExitCode);
        var summary = JsonDocument.Parse(outcome.Output).RootElement;
        Assert.Contains("There is no file", summary.GetProperty("store_error").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("The end of the run could not be stored. ", outcome.ErrorLines[^1], StringComparison.Ordinal);
        var stored = StoreFolder.Find(id, Path.Combine(rescued, "gridworld-rescued"));
        Assert.Equal(summary.GetProperty("episodes").GetInt64(), stored.Episodes);
    }
}
