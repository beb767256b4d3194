namespace GridWorld.Tests;

public class WorldTextTests
{
    [Fact]
    public void Text_map_has_the_default_rules()
    {
        var world = World.Parse("S..#\n..C.\nH..G\n", "cliff");

        Assert.Equal(("cliff", 4, 3, 12, 4, 1000), (world.Name, world.Width, world.Height, world.States, world.Actions, world.StepLimit));
        Assert.Same(WorldRules.Default, world.Rules);
        Assert.Equal([new StartState(0, 1)], world.Starts);
        Assert.Equal([11], world.Goals);
        Assert.Equal(['#', 'H'], [world[3, 0], world[0, 2]]);
        Assert.Equal(["up", "right", "down", "left"], world.ActionNames);
    }

    [Fact]
    public void FrozenLake_strings_are_read_as_they_are() =>
        Assert.Equal(["SFFF", "FHFH", "FFFH", "HFFG"], World.Parse("SFFF\nFHFH\nFFFH\nHFFG").Rows());

    [Theory]
    [InlineData("S.G\r\n.@ \r\n")]
    [InlineData("S.G\n.@ ")]
    [InlineData("S.G\n.@ \n\n\r\n")]
    public void Line_ends_and_blank_last_lines_do_not_matter(string text) => Assert.Equal("S.G\n.@ ", World.Parse(text).ToString());

    [Fact]
    public void Unknown_character_names_its_place_and_the_legend()
    {
        var fault = Assert.Throws<InputException>(() => World.Parse("S....\n.....\n......G".Replace("......G", "..x.G"), "cliff.txt"));

        Assert.Equal(["cliff.txt(3,3): 'x' is not a tile. Use one of . # S G C H F @ or space, or define it in \"legend\"."], fault.Errors);
    }

    [Theory]
    [InlineData("", "map: the map is empty. Add at least one row with a start S.")]
    [InlineData("\n\n", "map: the map is empty. Add at least one row with a start S.")]
    [InlineData("..G", "map: there is no start. Mark at least one cell with S or list it in \"starts\".")]
    [InlineData("S.\U0001F600.\n...G", "map(1,3): U+1F600 is not a tile. A tile is a character up to U+FFFF.")]
    [InlineData("S.\U0001F600\n...G",
        "map(2): the row has 4 characters; the first row has 3. Fill short rows with '.' (floor).\nmap(1,3): U+1F600 is not a tile. A"
        + " tile is a character up to U+FFFF.")]
    [InlineData("S..\n..\n..G", "map(2): the row has 2 characters; the first row has 3. Fill short rows with '.' (floor).")]
    [InlineData("S\t.\u0007G",
        "map(1,2): U+0009 is not a tile. Use one of . # S G C H F @ or space, or define it in \"legend\".\nmap(1,4): U+0007 is not a"
        + " tile. Use one of . # S G C H F @ or space, or define it in \"legend\".")]
    public void Faulty_maps_say_what_is_wrong(string map, string faults) =>
        Assert.Equal(faults.Split('\n'), Assert.Throws<InputException>(() => World.Parse(map)).Errors);

    [Fact]
    public void All_faults_come_at_once_and_are_counted_past_a_bound()
    {
        var fault = Assert.Throws<InputException>(() => World.Parse(new string('x', 50),
            rules: new() { Slip = 2, StepReward = double.NaN }));

        Assert.Equal(2 + 10 + 1 + 1, fault.Errors.Count);
        Assert.Equal("step_reward must be finite (got NaN).", fault.Errors[0]);
        Assert.Equal("slip must be between 0 and 1 (got 2).", fault.Errors[1]);
        Assert.Equal("map: 40 more characters are not tiles.", fault.Errors[12]);
    }

    [Fact]
    public void Too_large_a_world_is_refused_with_the_limit()
    {
        string fault = "empty-8193x8192: 8193 × 8192 cells are too many. A world can have at most 2^26 = 67108864 states.";

        Assert.Equal([fault], Assert.Throws<InputException>(() => Worlds.Empty(8193, 8192)).Errors);
        Assert.Equal([fault], Assert.Throws<InputException>(() => Worlds.Get("empty-8193x8192")).Errors);
        Assert.Contains("2^26", Assert.Throws<InputException>(() => Worlds.Get("empty-99999999999x99999999999")).Message);
    }

    [Fact]
    public void Cells_can_be_changed_by_place()
    {
        var world = World.Parse("S.G").WithCells(new CellChange(1, 0, '#'));

        Assert.Equal("S#G", world.ToString());
        Assert.Equal(["There is no cell (3, 0): x must be between 0 and 2, y between 0 and 0."],
            Assert.Throws<InputException>(() => world.WithCells(new CellChange(3, 0, '#'))).Errors);
    }

    [Fact]
    public void Several_starts_share_the_probability_alike() =>
        Assert.Equal([new(0, 0.5), new(3, 0.5)], World.Parse("S.\nGS").Starts);

    [Fact]
    public void Rules_in_code_are_checked_against_the_map()
    {
        var rules = new WorldRules
        {
            Wind = [1], Teleports = new Dictionary<char, Teleport> { ['A'] = new(9, 0), ['B'] = new(1, 0) },
            Starts = [new(0, 0, 0.4), new(2, 0, 0.4), new(0, 0, -1)], Sticky = 1, MaxSteps = 0,
        };

        Assert.Equal(
        [
            "sticky must be at least 0 and below 1 (got 1).",
            "max_steps must be at least 1, or null (got 0).",
            "wind must have one number for each of the 3 columns (got 1).",
            "The teleport 'A' leads to (9, 0), off the map: x must be between 0 and 2, y between 0 and 0.",
            "The teleport 'B' leads to (1, 0), a wall. Use a free cell.",
            "The probability p of the start (0, 0) must be above 0 and at most 1 (got -1).",
            "The start (0, 0) is listed twice. List it once, with the sum of the probabilities.",
            "The probabilities p of the starts must add up to 1 (they add up to -0.19999999999999996).",
            "The start (2, 0) is terminal: an episode would end before its first step. Use a free cell.",
        ], Assert.Throws<InputException>(() => new World(["S#G"], rules)).Errors);
    }

    [Theory]
    [InlineData("##G", "changes[0].map(1,1): the start would become a wall. Keep start cells free.")]
    [InlineData("S.#", "changes[0].map(1,3): the goal would become a wall. Keep goal cells free.")]
    [InlineData("S.", "changes[0].map is 2 × 1; it must be 3 × 1, like the first map.")]
    [InlineData("SSG", "changes[0].map(1,2): a change cannot add a start. Mark it in the first map or list it in \"starts\".")]
    [InlineData("S?G", "changes[0].map(1,2): '?' is not a tile. Use one of . # S G C H F @ or space, or define it in \"legend\".")]
    public void Changes_are_checked_against_the_first_map(string map, string fault) =>
        Assert.Equal([fault], Assert.Throws<InputException>(() => new World(["S.G"], new() { Changes = [new(5, map)] })).Errors);

    [Fact]
    public void Changes_come_in_the_order_of_their_steps() =>
        Assert.Equal(["changes[1]: after_steps must be at least 6, more than that of the previous change (got 5)."],
            Assert.Throws<InputException>(() => new World(["S.G"], new() { Changes = [new(5, "S#G"), new(5, "S.G")] })).Errors);
}
