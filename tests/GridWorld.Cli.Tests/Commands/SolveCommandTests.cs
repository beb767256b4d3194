using System.Globalization;
using System.Text.Json;

namespace GridWorld.Tests;

public sealed class SolveCommandTests
{
    /// <summary>Values from Gymnasium's own transition tables, solved exactly.</summary>
    [Theory]
    [InlineData("frozen-lake-4x4", "0.99", 0.542025932000474)]
    [InlineData("frozen-lake-4x4", "1", 14.0 / 17)]
    [InlineData("frozen-lake-4x4", "0.9", 0.0688909048890036)]
    [InlineData("frozen-lake-8x8", "0.99", 0.414640361799988)]
    [InlineData("frozen-lake-8x8", "1", 1)]
    [InlineData("frozen-lake-8x8", "0.95", 0.0482502040812778)]
    public async Task Slippery_frozen_lake_has_its_known_value(string world, string discountFactor, double value)
    {
        var solved = (await Cli.RunAsync("solve", "--world", world, "--discount-factor", discountFactor, "--json")).Json;

        Assert.Equal(value, solved.GetProperty("start_value").GetDouble(), 1e-9);
    }

    [Fact]
    public async Task Frozen_lake_has_its_known_policy()
    {
        var solved = (await Cli.RunAsync("solve", "--world", "frozen-lake-4x4", "--discount-factor", "0.99", "--values", "--json")).Json;

        string[] actions = [.. solved.GetProperty("actions").EnumerateArray()
            .Select(state => string.Concat(state.EnumerateArray().Select(a => "LDRU"[a.GetInt32()])))];
        Assert.Equal(["L", "U", "U", "U", "L", "", "LR", "", "U", "D", "L", "", "", "R", "D", ""], actions);
        Assert.Equal(0.8628374301489, solved.GetProperty("values")[14].GetDouble(), 1e-9);
    }

    [Fact]
    public async Task Json_has_exactly_the_promised_fields()
    {
        var solved = (await Cli.RunAsync("solve", "--world", "windy", "--json")).Json;

        Assert.Equal(["start_value", "iterations", "states", "seconds"], solved.EnumerateObject().Select(p => p.Name));
        Assert.Equal(70, solved.GetProperty("states").GetInt32());
    }

    [Fact]
    public async Task Passes_are_those_of_value_iteration_from_0()
    {
        var solved = (await Cli.RunAsync("solve", "--world", "book-grid", "--discount-factor", "0.9", "--passes", "2", "--json")).Json;

        // After one pass only the exits have a value; after two, 0.8 × 0.9 beside the good one.
        Assert.Equal(0.72, solved.GetProperty("values")[2].GetDouble(), 1e-12);
        Assert.Equal(0, solved.GetProperty("values")[1].GetDouble());
        Assert.Equal(JsonValueKind.Null, solved.GetProperty("values")[5].ValueKind);
        Assert.Equal(2, solved.GetProperty("iterations").GetInt32());
        Assert.Equal([1], solved.GetProperty("actions")[2].EnumerateArray().Select(a => a.GetInt32()));
    }

    [Fact]
    public async Task Breakpoints_and_the_policies_between_them_are_printed()
    {
        var solved = (await Cli.RunAsync("solve", "--world", "aima-4x3", "--over", "step_reward=-2:0", "--json")).Json;

        Assert.Equal(["parameter", "from", "to", "breakpoints", "policies"], solved.EnumerateObject().Select(p => p.Name));
        Assert.Equal((8, 9), (solved.GetProperty("breakpoints").GetArrayLength(), solved.GetProperty("policies").GetArrayLength()));
        Assert.Equal(JsonValueKind.Null, solved.GetProperty("policies")[0][5].ValueKind);
        Assert.Equal("[2]", solved.GetProperty("policies")[8][11].ToString());
        Assert.Contains("(3, 2): left → down", (await Cli.RunAsync("solve", "--world", "aima-4x3", "--over", "step_reward=-2:0")).Output,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--over must be PARAMETER=FROM:TO, for example step_reward=-2:0 (got slip).", "--over", "slip")]
    [InlineData("Give --passes or --over, not both.", "--over", "slip=0:1", "--passes", "3")]
    [InlineData("A success rate applies only to frozen-lake-4x4, frozen-lake-8x8 (got aima-4x3).", "--success-rate", "0.8")]
    public async Task Wrong_use_is_named(string words, params string[] options)
    {
        var result = await Cli.RunAsync(["solve", "--world", "aima-4x3", .. options]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Goal_that_cannot_be_reached_is_a_warning()
    {
        string file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.txt");
        await File.WriteAllTextAsync(file, "SG#G", TestContext.Current.CancellationToken);
        try
        {
            Assert.Contains("Warning: The goal at (3, 0) cannot be reached from any start.",
                (await Cli.RunAsync("solve", "--world", file)).Error, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("four", -15)]
    [InlineData("eight", -7)]
    [InlineData("nine", -7)]
    public async Task Windy_takes_its_known_number_of_steps(string moves, double value)
    {
        var solved = (await Cli.RunAsync("solve", "--world", "windy", "--moves", moves, "--json")).Json;

        Assert.Equal(value, solved.GetProperty("start_value").GetDouble(), 1e-9);
    }

    [Theory]
    [InlineData("Berlin_0_256.map")]
    [InlineData("maze512-32-9.map")]
    [InlineData("random512-10-0.map")]
    public async Task Moving_AI_scenarios_have_their_published_length(string map)
    {
        string path = Path.Combine(Repository.Root, "data", "movingai", map);
        int last = Problems(path).Length - 1;
        foreach (int k in new[] { 0, last / 2, last })
            await SolvesTo(path, k, Problems(path)[k]);
    }

    [Theory]
    [InlineData("arena.map", 160)]
    [InlineData("den312d.map", 320)]
    public async Task Scenarios_of_a_small_map_have_their_published_length(string map, int count)
    {
        const int Every = 10; // The engine's tests solve all of them.
        string path = Path.Combine(Repository.Root, "..", "shared", "data", "movingai", map);
        Assert.SkipUnless(File.Exists(path), $"{map} is not here.");
        string[] problems = Problems(path);
        Assert.Equal(count, problems.Length);
        for (int k = Every - 1; k < count; k += Every)
            await SolvesTo(path, k, problems[k]);
    }

    [Fact]
    public async Task A_scenario_file_of_another_name_whose_fields_spaces_separate_has_its_published_length()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(Repository.Root, "data", "movingai", "Berlin_0_256.map");
        string[] problems = Problems(path);
        string even = folder.Write("Berlin_0_256-even-1.scen", "version 1.0\n" + string.Join('\n', problems).Replace('\t', ' '));

        await SolvesTo(path, 3, problems[3], "--scenario-file", even);
    }

    static string[] Problems(string map) => [.. File.ReadLines(map + ".scen").Skip(1).Where(line => line.Trim().Length > 0)];

    // The lengths are printed with six significant digits in the older files.
    static async Task SolvesTo(string map, int scenario, string problem, params string[] options)
    {
        double length = double.Parse(problem.Split('\t')[^1], CultureInfo.InvariantCulture);

        var solved = (
            await Cli.RunAsync(["solve", "--world", map, "--scenario", $"{scenario}", "--moves", "octile", "--json", .. options])).Json;

        Assert.Equal(-length, solved.GetProperty("start_value").GetDouble(), Math.Max(length * 1e-5, 1e-12));
    }

    [Fact]
    public async Task Walls_have_no_value_and_no_action()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("wall.txt", "S#\n.G\n");

        var solved = (await Cli.RunAsync("solve", "--world", path, "--values", "--json")).Json;

        Assert.Equal(["-2", "null", "-1", "0"], solved.GetProperty("values").EnumerateArray().Select(v => v.GetRawText()));
        Assert.Equal(["[2]", "null", "[1]", "[]"], solved.GetProperty("actions").EnumerateArray().Select(v => v.GetRawText()));
    }

    [Theory]
    [InlineData("frozen-lake-8x8")]
    [InlineData("frozen-lake-4x4")]
    public async Task No_probability_is_above_1(string world)
    {
        var solved = (await Cli.RunAsync("solve", "--world", world, "--values", "--json")).Json;

        Assert.InRange(solved.GetProperty("start_value").GetDouble(), 0, 1);
        Assert.All(solved.GetProperty("values").EnumerateArray(), v => Assert.InRange(v.GetDouble(), 0, 1));
    }

    [Fact]
    public async Task A_walk_that_adds_up_to_nothing_defined_leaves_no_value()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("hop.world.json",
            """{"map":["S+H"],"step_reward":0,"bump_reward":-1,"rewards":{"S":-1,"+":1,"H":-5},"legend":{"+":"."}}""");

        var refused = await Cli.RunAsync("solve", "--world", path);
        var trained = (await Cli.RunAsync("train", "--world", path, "--discount-factor", "1", "--episodes", "20", "--store", folder.Path,
            "--json")).Json;

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("a cycle whose rewards cancel", refused.Error);
        Assert.Equal(JsonValueKind.Null, trained.GetProperty("optimal_value").ValueKind);
    }
}
