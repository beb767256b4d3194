namespace GridWorld.Tests;

public class WorldsTests
{
    [Theory]
    [InlineData("cliff-waking",
        "There is no world 'cliff-waking'. Did you mean cliff-walking? The name of a world file must end in .txt, .world.json, .mdp.json"
        + " or .map.")]
    [InlineData("windy-king",
        "There is no world 'windy-king'. Did you mean windy-kings or windy-kings-stay or windy-kings-stochastic? The name of a world"
        + " file must end in .txt, .world.json, .mdp.json or .map.")]
    [InlineData("empty-10",
        "There is no world 'empty-10'. Did you mean empty-WxH or empty-10x10? The name of a world file must end in .txt,"
        + " .world.json, .mdp.json or .map.")]
    public void Unknown_name_lists_near_names(string name, string fault) =>
        Assert.Equal([fault], Assert.Throws<InputException>(() => Worlds.Get(name)).Errors);

    [Fact]
    public void Name_like_no_other_lists_them_all() =>
        Assert.StartsWith("There is no world 'zzz'. Use one of frozen-lake-4x4, frozen-lake-8x8, cliff-walking, windy,",
        Assert.Throws<InputException>(() => Worlds.Get("zzz")).Message);

    [Fact]
    public void Arguments_change_the_world()
    {
        var world = Worlds.Get("frozen-lake-4x4", new() { Slippery = false, Moves = MoveSet.Eight, MaxSteps = 7 });

        Assert.Equal((0.0, MoveSet.Eight, 7, "frozen-lake-4x4"), (world.Rules.Slip, world.Moves, world.MaxSteps, world.Name));
        Assert.Equal((2.0 / 3, 0.0), (Worlds.Get("frozen-lake-8x8").Rules.Slip, Worlds.Get("cliff-walking").Rules.Slip));
    }

    [Fact]
    public void Arguments_that_do_not_apply_are_refused() => Assert.Equal(
        ["'slippery' applies only to frozen-lake-4x4, frozen-lake-8x8, cliff-walking (got windy). Remove it.",
        "A scenario applies only to a .map file (got windy). Remove it."],
        Assert.Throws<InputException>(() => Worlds.Get("windy", new() { Slippery = true, Scenario = 1 })).Errors);

    [Theory]
    [InlineData("frozen-lake-4x4", 100)]
    [InlineData("frozen-lake-8x8", 200)]
    [InlineData("cliff-walking", 1_000_000)]
    [InlineData("sb-3.5", 1_000_000)]
    [InlineData("windy-kings", 1_000_000)]
    [InlineData("empty-30x12", 840)]
    [InlineData("maze-21x21", 4_410)]
    [InlineData("maze-5x5", 1_000)]
    public void Step_limit_is_that_of_the_source(string name, int limit) => Assert.Equal(limit, Worlds.Get(name).StepLimit);

    [Fact]
    public void FrozenLake_keeps_the_action_order_of_its_source() =>
        Assert.Equal(["left", "down", "right", "up"], Worlds.FrozenLake4x4().ActionNames);

    [Fact]
    public void Empty_world_runs_from_corner_to_corner() => Assert.Equal("S..\n..G", Worlds.Empty(3, 2).ToString());

    [Fact]
    public void Dyna_maze_has_47_free_cells()
    {
        var world = Worlds.DynaMaze();

        Assert.Equal((47, 2 * 9, 8), (Enumerable.Range(0, 54).Count(s => !world.IsWall(s)), world.Starts[0].State, world.Goals[0]));
    }

    [Theory]
    [InlineData(2, 188)]
    [InlineData(3, 423)]
    [InlineData(4, 752)]
    public void Split_dyna_maze_has_as_many_free_cells_as_published(int scale, int free)
    {
        var world = Worlds.DynaMaze(scale);

        Assert.Equal(free, Enumerable.Range(0, world.States).Count(s => !world.IsWall(s)));
        Assert.Equal((2 * scale * 9 * scale, scale * scale), (Assert.Single(world.Starts).State, world.Goals.Count));
    }

    [Fact]
    public void Same_seed_gives_the_same_maze_and_another_seed_another()
    {
        Assert.Equal(Worlds.Maze(15, 15, 7), Worlds.Get("maze-15x15-7"));
        Assert.NotEqual(Worlds.Maze(15, 15, 7), Worlds.Maze(15, 15, 8));
        Assert.NotEqual(Worlds.Rooms(30, 15, 7), Worlds.Rooms(30, 15, 8));
    }

    [Fact]
    public void Maze_has_one_way_between_any_two_cells()
    {
        var world = Worlds.Maze(41, 31, 5);
        var free = Enumerable.Range(0, world.States).Where(s => !world.IsWall(s)).ToHashSet();

        // A connected graph without cycles has one edge fewer than nodes; a goal out of reach would be a warning.
        int edges = free.Sum(s => (s % 41 < 40 && free.Contains(s + 1) ? 1 : 0) + (free.Contains(s + 41) ? 1 : 0));
        Assert.Equal(free.Count - 1, edges);
        Assert.Empty(world.Compile().Warnings);
    }

    // Episodes end in the goal: what can only be reached through it cannot be reached.
    [Fact]
    public void Goals_of_generated_worlds_stand_in_no_ones_way()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            foreach (var (width, height) in new[] { (2, 2), (3, 3), (1, 9), (2, 9), (5, 5), (8, 5), (21, 21), (20, 31) })
                Assert.All(new[] { Worlds.Maze(width, height, seed), Worlds.Rooms(width, height, seed) },
                    world => Assert.Equal(Free(world), Reached(world)));
        }

        static int Free(World world) => Enumerable.Range(0, world.States).Count(s => !world.IsWall(s));

        static int Reached(World world)
        {
            var mdp = world.Compile();
            var seen = new HashSet<int> { mdp.Starts[0].State };
            for (var open = new Queue<int>(seen); open.TryDequeue(out int s);)
            {
                for (int a = 0; a < mdp.Actions && !mdp.IsTerminal(s); a++)
                {
                    if (seen.Add(mdp.Next(s, a)))
                        open.Enqueue(mdp.Next(s, a));
                }
            }

            return seen.Count;
        }
    }

    [Fact]
    public void Generated_worlds_of_any_size_have_a_way_to_the_goal()
    {
        for (int width = 1; width < 14; width++)
        {
            for (int height = width == 1 ? 2 : 1; height < 14; height++)
            {
                Assert.Empty(Worlds.Maze(width, height, 3).Compile().Warnings);
                Assert.Empty(Worlds.Rooms(width, height, 3).Compile().Warnings);
            }
        }
    }

    [Fact]
    public void Files_are_read_by_their_extension()
    {
        string folder = Directory.CreateTempSubdirectory("worlds").FullName;
        File.WriteAllText(Path.Combine(folder, "a.txt"), "\uFEFFS.G\n");
        File.WriteAllText(Path.Combine(folder, "b.world.json"), """{"map": ["S.G"], "moves": "eight"}""");
        File.WriteAllBytes(Path.Combine(folder, "c.txt"), [(byte)'S', 0xFF, (byte)'G']);
        try
        {
            Assert.Equal(("a", "S.G", 8),
                (Get("a.txt").Name, Get("a.txt").ToString(),
                Worlds.Get(Path.Combine(folder, "a.txt"), new() { Moves = MoveSet.Eight }).Actions));
            Assert.Equal(MoveSet.Four, World.Load(Path.Combine(folder, "b.world.json"), MoveSet.Four).Moves);
            Assert.Equal(("b", MoveSet.Eight), (Get("b.world.json").Name, Get("b.world.json").Moves));
            Assert.Equal(["c.txt: byte 1 is not valid UTF-8. Save the file as UTF-8."],
                Assert.Throws<InputException>(() => Get("c.txt")).Errors);
            Assert.StartsWith("There is no file '", Assert.Throws<InputException>(() => Get("none.txt")).Message);
            Assert.StartsWith("There is no file '", Assert.Throws<InputException>(() => Get("none.map")).Message);
            Assert.Equal(["A scenario applies only to a .map file (got a.txt). Remove it."],
                Assert.Throws<InputException>(() => World.Load(Path.Combine(folder, "a.txt"), scenario: 1)).Errors);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        World Get(string file) => Worlds.Get(Path.Combine(folder, file));
    }
}
