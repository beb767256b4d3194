using System.Text.Json.Nodes;

namespace GridWorld.Tests;

/// <summary>A file with Gymnasium's P on the command line: trained, killed, resumed, compared, solved and exported like a grid.</summary>
public sealed class MdpFileCommandTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Taxi_killed_and_resumed_is_the_straight_run_and_is_compared_with_the_grid()
    {
        string file = folder.At("taxi.mdp.json"), store = folder.At("store");
        Assert.Equal(0, (await Run("export", "--world", "taxi", "--what", "mdp", "--output-file", file)).ExitCode);
        string[] train = ["train", "--world", file, "--learning-rate", "0.5", "--episodes", "2000", "--store", store];
        using (var process = Cli.Start(folder.Path, [.. train, "--name", "killed", "--pace", "60000"]))
        {
            Wait.Until(() => Directory.Exists(store) && StoreFolder.List(store).Any(r => r.Name == "killed" && r.Episodes > 50),
                "Nothing was stored.");
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(RunState.Interrupted, StoreFolder.Find("killed", store).State);
        Assert.Equal(0, (await Run("resume", "killed", "--pace", "full", "--store", store)).ExitCode);
        var straight = (await Run([.. train, "--name", "straight", "--json"])).Json;
        var grid = (await Run("train", "--world", "taxi", "--learning-rate", "0.5", "--episodes", "2000", "--store", store, "--name",
            "grid",
            "--json")).Json;

        double checksum = straight.GetProperty("q_checksum").GetDouble();
        Assert.Equal(checksum, grid.GetProperty("q_checksum").GetDouble());
        var compared = await Run("compare", "killed", "straight", "grid", "--store", store, "--json");
        Assert.Equal(3, compared.Output.Split(checksum.ToString("R", System.Globalization.CultureInfo.InvariantCulture)).Length - 1);
        Assert.Equal(0, (await Run("runs", "verify", "killed", "--store", store)).ExitCode);
    }

    [Fact]
    public async Task Optimum_of_taxi_is_the_known_one()
    {
        string file = folder.At("taxi.mdp.json");
        await Run("export", "--world", "taxi", "--what", "mdp", "--output-file", file);

        var solved = (await Run("solve", "--world", file, "--json")).Json;

        Assert.Equal((500, 7.93), (solved.GetProperty("states").GetInt32(), Math.Round(solved.GetProperty("start_value").GetDouble(), 2)));
    }

    [Fact]
    public async Task World_of_a_run_is_exported_as_it_was_given()
    {
        string file = folder.At("a.mdp.json"), back = folder.At("b.mdp.json");
        await File.WriteAllTextAsync(file, """
            {"name": "coin", "P": [[[[0.5, 1, 1.0, true], [0.5, 0, -1, false]]], [[[1.0, 1, 0, true]]]], "start": [[0, 1.0]],
             "labels": ["toss", "heads"]}
            """, TestContext.Current.CancellationToken);
        Assert.Equal(0, (await Run("train", "--world", file, "--episodes", "10", "--store", folder.Path, "--name", "coin")).ExitCode);

        Assert.Equal(0, (await Run("export", "coin", "--what", "mdp", "--output-file", back, "--store", folder.Path)).ExitCode);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(File.ReadAllText(file)), JsonNode.Parse(File.ReadAllText(back))));
    }

    [Fact]
    public async Task Wrong_words_and_files_are_named_and_nothing_is_written()
    {
        string file = folder.At("bad.mdp.json");
        await File.WriteAllTextAsync(file, """{"P": [[[[0.5, 3, 0, 1]]]], "start": []}""", TestContext.Current.CancellationToken);

        var bad = await Run("train", "--world", file, "--store", folder.Path);
        var both = await Run("export", "x", "--world", "taxi", "--what", "policy", "--output-file", folder.At("y.json"));

        Assert.Equal((2, 2), (bad.ExitCode, both.ExitCode));
        Assert.Contains("P[0][0][0][1] must be a whole number between 0 and 0 (got 3).", bad.Error);
        Assert.Contains("P[0][0][0][3] must be true or false (got 1).", bad.Error);
        Assert.Contains("--world applies only to --what mdp.", both.Error);
        Assert.Contains("Specify a run or --world, not both.", both.Error);
        Assert.False(File.Exists(folder.At("y.json")));
    }

    static Task<Outcome> Run(params string[] arguments) => Cli.RunAsync(arguments);
}
