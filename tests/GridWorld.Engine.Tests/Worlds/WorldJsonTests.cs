namespace GridWorld.Tests;

public class WorldJsonTests
{
    const string Everything = """
        { "name": "all", "map": ["S..#", "..Ca", "H.1G"], "moves": "nine", "step_reward": -2, "bump_reward": -3,
          "rewards": {"H": -10, "1": 5}, "terminal": "GH1", "restart": "", "wall": "#", "legend": {"a":"."},
          "slip": 0.25, "slip_kind": "uniform", "sticky": 0.125, "wind": [0,0,-1,2], "wind_noise": 0.5,
          "teleports": {"C": {"to": [0, 1], "reward": 10}}, "starts": [{"x":0,"y":0,"p":0.5}, {"x":1,"y":0,"p":0.5}],
          "max_steps": 77, "changes": [{"after_steps": 1000, "map": ["S..#", "..Ca", "H..G"]}] }
        """;

    [Fact]
    public void Every_property_is_read()
    {
        var world = World.FromJson(Everything);

        var rules = new WorldRules
        {
            Moves = MoveSet.Nine, StepReward = -2, BumpReward = -3, Rewards = new Dictionary<char, double> { ['H'] = -10, ['1'] = 5 },
            Terminal = "GH1", Restart = "", Wall = "#", Legend = new Dictionary<char, char> { ['a'] = '.' }, Slip = 0.25,
            SlipKind = SlipKind.Uniform,
            Sticky = 0.125, Wind = [0, 0, -1, 2], WindNoise = 0.5, Teleports = new Dictionary<char, Teleport> { ['C'] = new(0, 1, 10) },
            Starts = [new(0, 0, 0.5), new(1, 0, 0.5)], MaxSteps = 77, Changes = [new(1000, "S..#\n..Ca\nH..G")],
        };
        Assert.Equal(("all", rules, "S..#\n..Ca\nH.1G"), (world.Name, world.Rules, world.ToString()));
        Assert.Equal([10, 11], world.Goals);
    }

    [Fact]
    public void What_is_left_out_has_the_value_of_a_text_map() =>
        Assert.Equal(World.Parse("S..#\n..C.\nH..G"), World.FromJson("""
            { "name": "", "map": ["S..#", "..C.", "H..G"], "moves": "four", "step_reward": -1, "bump_reward": null,
              "rewards": {"H": -100, "C": -100}, "terminal": "GH", "restart": "C", "wall": "#@", "legend": {},
              "slip": 0, "slip_kind": "perpendicular", "sticky": 0, "wind": [0,0,0,0], "wind_noise": 0,
              "teleports": {}, "starts": [], "max_steps": null, "changes": [] }
            """));

    [Fact]
    public void Table_given_replaces_the_default_whole()
    {
        var mdp = World.FromJson("""{"map": ["S", "H", "G"], "terminal": "G", "rewards": {"G": 7}}""").Compile();

        Assert.Equal((-1.0, 7.0), (mdp.Reward(0, 2), mdp.Reward(1, 2)));
    }

    [Fact]
    public void Legend_makes_a_character_what_it_stands_for_and_own_rewards_come_first()
    {
        var world = World.FromJson("""{"map": ["S1", "w2"], "legend": {"1": "G", "2": "G", "w": "#"}, "rewards": {"1": 10, "G": 3}}""");
        var mdp = world.Compile();

        Assert.Equal([1, 3], world.Goals);
        Assert.Equal((10.0, 0, -1.0), (mdp.Reward(0, 1), mdp.Next(0, 2), mdp.Reward(0, 2)));
        Assert.Equal(3.0, mdp.Reward(2, 1));
    }

    [Theory]
    [InlineData("""{"map": ["S.G"], "stepreward": 1}""", "world: stepreward is not a known property. Did you mean step_reward?")]
    [InlineData("""{"map": ["S.G"], "zzzzzzzzz": 1}""",
        "world: zzzzzzzzz is not a known property. Use name, map, moves, step_reward, bump_reward, rewards, cell_rewards, terminal,"
        + " restart, wall, legend, slip, slip_kind, sticky, wind, wind_noise, teleports, exits, keys, passenger, fences, starts, max_steps,"
        + " changes.")]
    [InlineData("""{"slip": 0}""", "world: map is missing.")]
    [InlineData("[]", "world: the world must be an object (got a list).\nworld: map is missing.")]
    [InlineData("""{"map": "S.G"}""", "world: map must be a list, each entry a string (got a string).")]
    [InlineData("""{"map": ["S.G", 5]}""", "world: map[1] must be a string (got 5).")]
    [InlineData("""{"map": ["S.G"], "slip": "much", "moves": "ten"}""",
        "world: moves must be one of four, eight, nine, octile, frozen-lake (got \"ten\").\nworld: slip must be a number (got a string).")]
    [InlineData("""{"map": ["S.G"], "slip": null}""", "world: slip must be a number (got null).")]
    [InlineData("""{"map": ["S.G"], "step_reward": 1e999}""", "world: step_reward must be a finite number (got 1e999).")]
    [InlineData("""{"map": ["S.G"], "max_steps": 1.5}""",
        "world: max_steps must be a whole number between -2147483648 and 2147483647 (got 1.5).")]
    [InlineData("""{"map": ["S.G"], "rewards": {"GG": 1}}""", "world: rewards.GG: the name must be one character (got \"GG\").")]
    [InlineData("""{"map": ["S.G"], "legend": {"x": "y"}}""",
        "world: legend: 'x' stands for 'y', which is not a tile. Use one of . # S G C H F @ or space.")]
    [InlineData("""{"map": ["S.G"], "legend": {"H": "."}}""",
        "world: legend: 'H' is already a tile. Use another character, or change the meaning of 'H' in \"terminal\", \"restart\", \"wall\""
        + " or \"rewards\".")]
    [InlineData("""{"map": ["S.G"], "starts": [{"x": 0}]}""", "world: starts[0].y is missing.")]
    [InlineData("""{"map": ["S.G"], "teleports": {"A": {"to": [1]}}}""", "world: teleports.A.to must be two numbers, [x, y] (got 1).")]
    [InlineData("""{"map": ["S.G"], "teleports": {"A": {"too": [1, 0]}}}""",
        "world: teleports.A.too is not a known property. Did you mean to?\nworld: teleports.A.to is missing.")]
    [InlineData("""{"map": ["S.x"]}""",
        "world: map(1,3): 'x' is not a tile. Use one of . # S G C H F @ or space, or define it in \"legend\".")]
    public void Faults_name_the_property_and_the_way_out(string json, string faults) =>
        Assert.Equal(faults.Split('\n'), Assert.Throws<InputException>(() => World.FromJson(json)).Errors);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"map\": [\"S.G\"],}")]
    [InlineData("{\"map\": [\"S.G\"], \"map\": [\"S.G\"]}")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[")]
    [InlineData("{\"map\": [\"S\\ud800G\"]}")]
    [InlineData("{\"\\ud800\": 1}")]
    [InlineData("\ud800")]
    public void What_is_not_json_is_refused(string json) => Assert.Throws<InputException>(() => World.FromJson(json));

    [Theory]
    [InlineData(""" "map": ["S.x"] """, "map(1,3): 'x' is not a tile. ")]
    [InlineData(""" "map": ["S.G"], "wind": [1] """, "wind must have one number for each of the 3 columns (got 1).")]
    [InlineData(""" "map": ["S.G"], "changes": [{"after_steps": 0, "map": ["S.G"]}] """, "changes[0]: after_steps must be at least 1")]
    [InlineData(""" "map": ["S.G"], "changes": [{"after_steps": 5, "map": ["#.G"]}] """, "changes[0].map(1,1): the start would become")]
    public void Every_fault_of_a_file_names_the_file(string json, string fault)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("maze.world.json"), $"{{{json}}}");

        Assert.StartsWith($"maze.world.json: {fault}",
            Assert.Single(Assert.Throws<InputException>(() => World.Load(folder.At("maze.world.json"))).Errors));
    }

    [Fact]
    public void Syntax_fault_names_line_and_column() =>
        Assert.StartsWith("world(2,8): this is not valid JSON. ",
        Assert.Throws<InputException>(() => World.FromJson("{\n\"map\": x}")).Errors[0]);
}
