namespace GridWorld.Tests;

public class MovingAiTests
{
    const string Version = "version 1\n";

    // Counts and sums of data/movingai/README.md, computed there without this project.
    [Theory]
    [InlineData("arena", 49, 49, 2_054, 160)]
    [InlineData("den312d", 65, 81, 2_445, 320)]
    [InlineData("lak303d", 194, 194, 14_784, 1_060)]
    [InlineData("Berlin_0_256", 256, 256, 48_147, 930)]
    [InlineData("random512-10-0", 512, 512, 235_900, 1_670)]
    [InlineData("maze512-32-9", 512, 512, 253_792, 7_440)]
    public void Benchmark_map_has_its_size_passable_cells_and_scenarios(string name, int width, int height, int passable, int scenarios)
    {
        string path = MovingAiFiles.Find(name + ".map");

        var problems = MovingAiScenario.Load(path + ".scen");
        var world = World.Load(path, scenario: problems.Count - 1);

        Assert.Equal((width, height, scenarios), (world.Width, world.Height, problems.Count));
        Assert.Equal(passable, Enumerable.Range(0, world.States).Count(s => !world.IsWall(s)));
        Assert.Equal((MoveSet.Octile, -1.0, $"{name}:{scenarios - 1}"), (world.Moves, world.Rules.StepReward, world.Name));
        Assert.All(problems, p => Assert.Equal((width, height), (p.MapWidth, p.MapHeight)));
        Assert.All(problems, p => Assert.InRange(p.OptimalLength - 4 * p.Bucket, 0, 4.00001));
        Assert.Equal(Enumerable.Range(0, scenarios), problems.Select(p => p.Index));
    }

    [Fact]
    public void Start_and_goal_are_those_of_the_scenario()
    {
        var world = World.Load(MovingAiFiles.Find("arena.map"), scenario: 0);

        Assert.Equal([new StartState(11 * 49 + 1, 1)], world.Starts);
        Assert.Equal([12 * 49 + 1], world.Goals);
        Assert.Equal(world, World.FromJson(world.ToJson()));
    }

    [Fact]
    public void Other_moves_may_be_asked_for() =>
        Assert.Equal(MoveSet.Four, Worlds.Get(MovingAiFiles.Find("arena.map"), new() { Moves = MoveSet.Four, Scenario = 3 }).Moves);

    [Theory]
    [InlineData(null, "arena.map has no start and goal. Select a problem of arena.map.scen with --scenario 0 to 159.")]
    [InlineData(160, "Scenario must be between 0 and 159 for arena.map.scen (got 160).")]
    [InlineData(-1, "Scenario must be between 0 and 159 for arena.map.scen (got -1).")]
    public void Scenario_is_needed_and_in_range(int? scenario, string fault)
    {
        string path = MovingAiFiles.Find("arena.map");

        Assert.Equal([fault], Assert.Throws<InputException>(() => World.Load(path, scenario: scenario)).Errors);
    }

    [Fact]
    public void Letters_have_the_benchmark_meaning_on_land()
    {
        var world = Make("..GS\n@OTW\n....", 0, 0, 3, 2);

        Assert.Equal("S..s\n@OTW\n...G", world.ToString());
        Assert.Equal([0, 1, 2, 3, 8, 9, 10, 11], Enumerable.Range(0, 12).Where(s => !world.IsWall(s)));
        Assert.Equal([11], world.Goals);
    }

    [Fact]
    public void Who_starts_in_water_stays_in_water()
    {
        var world = Make("W.S\nWWW", 0, 0, 2, 1);

        Assert.Equal([0, 3, 4, 5], Enumerable.Range(0, 6).Where(s => !world.IsWall(s)));
        Assert.Equal(["x: one of start and goal is in water ('W'). No path enters or leaves water."],
            Assert.Throws<InputException>(() => Make("W.S\nWWW", 0, 0, 1, 0)).Errors);
    }

    [Fact]
    public void Map_is_scaled_to_the_size_of_the_scenario() =>
        Assert.Equal("S.@@\n..@@\n...G", Make(".@\n.@\n..", 0, 0, 3, 2, 4, 3).ToString());

    [Fact]
    public void Carriage_returns_and_blank_last_lines_are_no_rows()
    {
        var map = MovingAiMap.Parse("type octile\r\nheight 2\r\nwidth 3\r\nmap\r\n...\r\n.@.\r\n\r\n", "x.map");
        var problems = MovingAiScenario.Parse("version 1.0\r\n0\tx.map\t3\t2\t0\t0\t2\t1\t3.41421\r\n\r\n", "x.scen");

        Assert.Equal((3, 2), (map.Width, map.Height));
        Assert.Equal([new(0, 0, "x.map", 3, 2, 0, 0, 2, 1, 3.41421)], problems);
    }

    // As the benchmark's own repository has them: of its 2,319 scenario files 111 separate the fields by spaces.
    [Theory]
    [InlineData("0 maps/x.map 3 2 0 0 2 1 3.41421")]
    [InlineData("0   maps/x.map  3 2\t0 0 2 1   3.41421 ")]
    [InlineData("0\tmaps/x.map\t3\t2\t0\t0\t2\t1\t3.41421")]
    public void Fields_are_separated_by_tabs_or_spaces(string line) =>
        Assert.Equal([new(0, 0, "maps/x.map", 3, 2, 0, 0, 2, 1, 3.41421)], MovingAiScenario.Parse("version 1.0\n" + line, "x.scen"));

    [Fact]
    public void Map_name_between_tabs_may_have_spaces() =>
        Assert.Equal("my map.map", MovingAiScenario.Parse(Version + "0\tmy map.map\t3\t2\t0\t0\t2\t1\t3.41421", "x.scen")[0].Map);

    [Fact]
    public void Size_that_is_the_maps_turned_round_is_refused() =>
        Assert.Equal(["x: the map size in the scenario is 2 × 3; the map is 3 × 2. Swap map width and map height in the scenario file."],
            Assert.Throws<InputException>(() => Make("...\n...", 0, 0, 1, 1, 2, 3)).Errors);

    [Fact]
    public void Scenario_file_of_another_name_is_suggested_and_taken()
    {
        string folder = Directory.CreateTempSubdirectory("gridworld-test-").FullName, map = Path.Combine(folder, "room.map"),
            even = Path.Combine(folder, "room-even-1.scen");
        try
        {
            File.WriteAllText(map, "type octile\nheight 2\nwidth 3\nmap\n...\n...\n");
            string nothing = Refusal();
            File.WriteAllText(even, "version 1\n0\troom.map\t3\t2\t0\t0\t2\t1\t2.41421\n");
            File.WriteAllText(Path.Combine(folder, "hall-even-1.scen"), "");

            string one = Refusal();
            var world = Worlds.MovingAi(map, 0, even);

            Assert.Equal(
                "There is no room.map.scen next to room.map. The start and goal of a .map come from a .scen file. Set --scenario-file"
                + " (in C#, scenarioFile).", nothing);
            Assert.Equal(
                "There is no room.map.scen next to room.map. The start and goal of a .map come from a .scen file. Set --scenario-file"
                + " (in C#, scenarioFile): room-even-1.scen.", one);
            Assert.Equal(("room-even-1:0", "S..\n..G", MoveSet.Octile), (world.Name, world.ToString(), world.Moves));
            Assert.Equal(world, Worlds.Get(map, new() { Scenario = 0, ScenarioFile = even }));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        string Refusal() => Assert.Throws<InputException>(() => World.Load(map, scenario: 0)).Message;
    }

    [Theory]
    [InlineData("type octile\nheight 1\nwidth 3\nmap\n.x",
        "x.map(5): the row has 2 characters, but width is 3.\nx.map(5,2): 'x' is not a MovingAI terrain. Use one of . G (ground), S"
        + " (swamp), W (water), @ O (out of bounds), T (trees).")]
    [InlineData("type octile\nheight 2\nwidth 1\nmap\n.", "x.map: height is 2, but the number of rows is 1. Correct one of them.")]
    [InlineData("octile\nwidth 2\nheight 1\nmap\n.",
        "x.map(1): the first line must be \"type octile\" (got \"octile\").\nx.map(2): this line must be \"height\" and a number from 1"
        + " to 67108864 (got \"width 2\").\nx.map(3): this line must be \"width\" and a number from 1 to 67108864 (got \"height 1\").")]
    [InlineData("type octile\nheight 99999\nwidth 99999\nmap\n.",
        "x.map: 99999 × 99999 cells are too many. A world can have at most 2^26 = 67108864 states.")]
    [InlineData("", "x.map: a MovingAI map must start with four lines: type octile, height, width, map (got 0).")]
    public void Faulty_maps_say_what_is_wrong(string map, string faults) =>
        Assert.Equal(faults.Split('\n'), Assert.Throws<InputException>(() => MovingAiMap.Parse(map, "x.map")).Errors);

    [Theory]
    [InlineData("0\tx\t3\t2\t0\t0\t2\t1",
        "x.scen(2): a problem must have nine fields separated by tabs or spaces: bucket, map, map width, map height, start x, start y,"
        + " goal x, goal y, optimal length (got 8).")]
    [InlineData("0\tx\t3\t2\t-1\t0\t2\t1\tfar",
        "x.scen(2): start x must be a whole number from 0 (got \"-1\").\nx.scen(2): optimal length must be a number (got \"far\").")]
    public void Faulty_scenarios_say_what_is_wrong(string line, string faults) =>
        Assert.Equal(faults.Split('\n'), Assert.Throws<InputException>(() => MovingAiScenario.Parse(Version + line, "x.scen")).Errors);

    [Theory]
    [InlineData(0, 0, 0, 0, "x: start and goal are the same cell (0, 0).")]
    [InlineData(1, 0, 5, 0, "x: the start (1, 0) is blocked ('T').\nx: the goal (5, 0) is off the map of 2 × 1.")]
    public void Start_and_goal_must_be_free(int startX, int startY, int goalX, int goalY, string faults) =>
        Assert.Equal(faults.Split('\n'), Assert.Throws<InputException>(() => Make(".T", startX, startY, goalX, goalY)).Errors);

    static World Make(string rows, int startX, int startY, int goalX, int goalY, int? width = null, int? height = null)
    {
        var lines = rows.Split('\n');
        var map = MovingAiMap.Parse($"type octile\nheight {lines.Length}\nwidth {lines[0].Length}\nmap\n{rows}\n", "x.map");
        return MovingAi.Make(map, new(0, 0, "x.map", width ?? lines[0].Length, height ?? lines.Length, startX, startY, goalX, goalY, 0),
            MoveSet.Octile, "x", "x");
    }
}
