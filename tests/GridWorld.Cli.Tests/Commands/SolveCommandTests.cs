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
    public async Task Every_scenario_of_a_small_map_has_its_published_length(string map, int count)
    {
        string path = Path.Combine(Repository.Root, "..", "shared", "data", "movingai", map);
        Assert.SkipUnless(File.Exists(path), $"{map} is not here.");
        string[] problems = Problems(path);
        Assert.Equal(count, problems.Length);
        for (int k = 0; k < count; k++)
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
