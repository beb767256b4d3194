namespace GridWorld.Tests;

/// <summary>Keys, doors, fences and a passenger.</summary>
public class WorldModesTests
{
    static readonly World Taxi = Worlds.Taxi(), Door = Worlds.DoorKey();

    // Ours: up, right, down, left, pickup, dropoff. Gymnasium's: south, north, east, west, pickup, dropoff.
    static readonly int[] GymnasiumAction = [1, 2, 0, 3, 4, 5];

    static int OurState(int state) => TaxiRules.Decode(state) is var (row, column, passenger, destination)
        ? Taxi.StateAt(column, row, passenger * 4 + destination) : -1;

    [Fact]
    public void Taxi_has_the_transitions_of_gymnasium()
    {
        var mdp = Taxi.Compile();

        Assert.Equal((500, 6, 1, 200), (mdp.States, mdp.Actions, mdp.OutcomesPerPair, mdp.StepLimit));
        Assert.Equal(500, Enumerable.Range(0, 500).Select(OurState).Distinct().Count());
        for (int s = 0; s < 500; s++)
        {
            for (int a = 0; a < 6; a++)
            {
                var (next, reward, terminated) = TaxiRules.Step(s, GymnasiumAction[a]);
                Assert.Equal((OurState(next), reward, terminated),
                    (mdp.Next(OurState(s), a), mdp.Reward(OurState(s), a), mdp.Ends(OurState(s), a)));
            }
        }

        Assert.Equal(TaxiRules.Starts().Select(OurState).Order(), mdp.Starts.Select(s => s.State).Order());
        Assert.All(mdp.Starts, s => Assert.Equal(1.0 / 300, s.Probability, 1e-15));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0.99)]
    [InlineData(0.9)]
    public void Taxi_has_the_optimal_values_of_gymnasium(double discount)
    {
        var plan = Planner.Solve(Taxi.Compile(), discount, Loops.Token);
        double[] right = TaxiRules.OptimalValues(discount);

        Assert.All(Enumerable.Range(0, 500), s => Assert.Equal(right[s], plan.Values[OurState(s)], 1e-9));
    }

    /// <summary>The mean optimal return of Taxi is known to be about 7.93.</summary>
    [Fact]
    public void Taxi_pays_what_it_is_known_to_pay() =>
        Assert.Equal(7.93, Planner.Solve(Taxi.Compile(), 1, Loops.Token).StartValue, 0.005);

    [Theory]
    [InlineData("S.#...;..#...;..#...;k.#...;..D...;..#..G", 10)]
    [InlineData("S..G;.#D#;k#..", 3)]
    [InlineData("S#.G;.D.#;k#..", 7)]
    public void Key_opens_its_door(string map, int steps)
    {
        var world = new World(map.Split(';'), new() { Keys = new Dictionary<char, char> { ['k'] = 'D' } });

        Assert.Equal(-steps, Planner.Solve(world.Compile(), 1, Loops.Token).StartValue);
        Assert.Equal(-steps, -Search(world));
        Assert.Empty(world.Compile().Warnings);
    }

    [Fact]
    public void Restart_takes_the_keys_away()
    {
        var world = new World(["SkC", "#D#", ".G."], new() { Keys = new Dictionary<char, char> { ['k'] = 'D' } });
        var mdp = world.Compile();
        int atKey = mdp.Next(world.StateAt(0, 0), 1);

        Assert.Equal((world.StateAt(1, 0, mode: 1), "with key k"), (atKey, world.LabelOf(atKey)));
        Assert.Equal(world.StateAt(0, 0), mdp.Next(atKey, 1));
        Assert.Equal(atKey + 3, mdp.Next(atKey, 2));
        Assert.Equal(world.StateAt(1, 0), mdp.Next(world.StateAt(1, 0), 2)); // The door is shut.
    }

    [Fact]
    public void Two_keys_for_two_doors_make_four_modes()
    {
        var world = new World(["Sk.j", "####", "D..E", "...G"], new() { Keys = new Dictionary<char, char> { ['k'] = 'D', ['j'] = 'E' } });

        Assert.Equal((64, 4), (world.States, world.Modes));
        Assert.Equal(["without a key", "with key j", "with key k", "with key j, k"], Enumerable.Range(0, 4).Select(world.ModeName));
        Assert.Equal(["The goal at (3, 3) cannot be reached from any start."], world.Compile().Warnings);
    }

    [Fact]
    public void Fence_is_not_crossed_from_either_side()
    {
        var mdp = new World(["S.", ".G"], new() { Fences = [new(0, 0, FenceSide.Right), new(1, 0, FenceSide.Down)] }).Compile();

        Assert.Equal((0, 1, 1, 2), (mdp.Next(0, 1), mdp.Next(1, 3), mdp.Next(1, 2), mdp.Next(0, 2)));
    }

    [Fact]
    public void Rules_are_written_and_read_back()
    {
        foreach (var world in new[] { Taxi, Door })
            Assert.Equal((world, world.Hash), World.FromJson(world.ToJson()) is var back ? (back, back.Hash) : default);
        Assert.Equal("without a key", Door.LabelOf(0));
        Assert.Equal("passenger at y, to r", Taxi.ModeName(8));
        Assert.Equal("passenger in the taxi, to b", Taxi.ModeName(19));
    }

    [Fact]
    public void Taxi_written_as_an_mdp_keeps_its_cells_modes_and_bits()
    {
        var mdp = World.FromJson(Taxi.ToMdpJson());

        Assert.Equal((5, 5, 20), (mdp.Width, mdp.Height, mdp.Modes));
        Assert.All(Enumerable.Range(0, 500), s => Assert.Equal((Taxi.CellOf(s), Taxi.ModeOf(s), Taxi.LabelOf(s)),
            (mdp.CellOf(s), mdp.ModeOf(s), mdp.LabelOf(s))));
        var (first, second) = (ContractWorlds.RunLoop(Taxi, new QLearning(), 5), ContractWorlds.RunLoop(mdp, new QLearning(), 5));
        first.Run(200);
        second.Run(200);
        Assert.Equal(first.Loop.Values.Values.ToArray(), second.Loop.Values.Values.ToArray());
    }

    [Theory]
    [InlineData("""{"map": ["S.kG"], "keys": {"k": "k"}}""", "keys: 'k' must be a key or a door only")]
    [InlineData("""{"map": ["S.kG"], "keys": {"k": "G"}}""", "keys: 'G' must be a key or a door only")]
    [InlineData("""{"map": ["SabG"], "passenger": {"stops": "a"}}""", "passenger.stops must be 2 to 30 different characters")]
    [InlineData("""{"map": ["SabG"], "passenger": {"stops": "ac"}}""", "the stop 'c' must occur once in the map (got 0).")]
    [InlineData("""{"map": ["SabG"], "passenger": {"stops": "aG"}}""", "the stop 'G' must be a cell in which the agent can stay.")]
    [InlineData("""{"map": ["SabG"], "passenger": {}}""", "passenger.stops is missing.")]
    [InlineData("""{"map": ["S..G"], "fences": [{"x": 3, "y": 0, "side": "right"}]}""", "is not between two cells of the map")]
    [InlineData("""{"map": ["S..G"], "fences": [{"x": 1, "y": 0, "side": "up"}]}""", "side must be one of right, down (got \"up\").")]
    [InlineData("""{"map": ["S..G"], "moves": "eight", "fences": [{"x": 1, "y": 0, "side": "right"}]}""", "must have four moves")]
    public void Error_names_the_rule(string json, string error) =>
        Assert.Contains(error, Assert.Throws<InputException>(() => World.FromJson(json)).Message);

    // Breadth-first over cells and whether the key is held: independent of the tables.
    static int Search(World world)
    {
        var seen = new HashSet<(int X, int Y, bool Key)>();
        var open = new Queue<((int X, int Y, bool Key) At, int Steps)>([((0, 0, false), 0)]);
        while (open.TryDequeue(out var now))
        {
            var ((x, y, key), steps) = now;
            if (x < 0 || y < 0 || x >= world.Width || y >= world.Height || world[x, y] == '#' || (world[x, y] == 'D' && !key))
                continue;
            key |= world[x, y] == 'k';
            if (world[x, y] == 'G')
                return steps;
            if (seen.Add((x, y, key)))
            {
                foreach (var (dx, dy) in new[] { (0, 1), (1, 0), (0, -1), (-1, 0) })
                    open.Enqueue(((x + dx, y + dy, key), steps + 1));
            }
        }

        return int.MaxValue;
    }
}
