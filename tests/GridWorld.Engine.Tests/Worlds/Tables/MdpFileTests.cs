using System.Text.Json.Nodes;

namespace GridWorld.Tests;

/// <summary>Files of MDPs: Gymnasium's P, read and written back, and worlds written in that form.</summary>
public class MdpFileTests
{
    static readonly string Small = """
        {"P": [[[[0.5, 0, 1.5, false], [0.5, 1, -0.1, true]], [[1.0, 2, 0, false]]],
               [[[1.0, 1, 0, true]], [[1.0, 1, 0, true]]],
               [[[0.1, 0, 0, false], [0.2, 2, 0, false], [0.7, 1, 1, true]], [[1, 0, -2, false]]]],
         "start": [[0, 0.25], [2, 0.75]]}
        """;

    [Fact]
    public void Gymnasium_file_is_written_back_equal()
    {
        var world = World.FromJson(TaxiRules.MdpJson());

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(TaxiRules.MdpJson()), JsonNode.Parse(world.ToMdpJson())));
        Assert.Equal((world, world.Hash, world.Name), World.FromJson(world.ToJson()) is var back ? (back, back.Hash, back.Name) : default);
    }

    [Fact]
    public void Pairs_can_have_different_numbers_of_outcomes()
    {
        var world = World.FromJson(Small);
        var mdp = world.Compile();

        Assert.Equal((3, 2, 3), (mdp.States, mdp.Actions, mdp.OutcomesPerPair));
        Assert.Equal([0.5, 0.5, 0], Enumerable.Range(0, 3).Select(k => mdp.Probability(0, 0, k)));
        Assert.Equal((1, -0.1, true), (mdp.Next(0, 0, 1), mdp.Reward(0, 0, 1), mdp.Ends(0, 0, 1)));
        Assert.Equal((true, "S", "S"), (mdp.IsTerminal(1), world[0, 0].ToString(), world[2, 0].ToString()));
        Assert.Equal([1], world.Goals);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Small), JsonNode.Parse(world.ToMdpJson())));
    }

    [Fact]
    public void Name_does_not_count_but_the_content_does()
    {
        var world = World.FromJson(Small);

        Assert.Equal(world.Hash, world.WithName("other").Hash);
        Assert.NotEqual(world.Hash, World.FromJson(Small.Replace("1.5", "1.25")).Hash);
        Assert.NotEqual(world, World.FromJson(Small.Replace("1.5", "1.25")));
    }

    [Theory]
    [InlineData("frozen-lake-4x4")]
    [InlineData("cliff-walking")]
    [InlineData("aima-4x3")]
    [InlineData("windy-stochastic")]
    [InlineData("sb-4.1")]
    public void World_written_as_an_mdp_trains_to_the_same_bits(string name)
    {
        var world = Worlds.Get(name);
        var mdp = World.FromJson(world.ToMdpJson());

        Assert.Equal(Checksum(world), Checksum(mdp));
        Assert.Equal((world.Width, world.Height, world.ActionNames), (mdp.Width, mdp.Height, mdp.ActionNames), Same);
    }

    [Theory]
    [InlineData("frozen-lake-8x8", 0.99)]
    [InlineData("cliff-walking", 1)]
    [InlineData("discount-grid", 0.9)]
    public void World_written_as_an_mdp_has_the_same_optimum(string name, double discount)
    {
        var world = Worlds.Get(name);
        var first = Planner.Solve(world.Compile(), discount, Loops.Token).Values;
        var second = Planner.Solve(World.FromJson(world.ToMdpJson()).Compile(), discount, Loops.Token).Values;

        Assert.All(Enumerable.Range(0, world.States).Where(s => !world.IsWall(s)), s => Assert.Equal(first[s], second[s], 1e-9));
    }

    [Fact]
    public void Tables_from_arrays_make_a_world()
    {
        var walk = Loops.Walk(5, 0, 1).ToWorld("walk", ["lost", "A", "B", "C", "D", "E", "won"]);

        Assert.Equal((7, 7, 1, 1, "won"), (walk.States, walk.Width, walk.Height, walk.Actions, walk.LabelOf(6)));
        Assert.Equal([6], walk.Goals);
        Assert.Equal(walk, World.FromJson(walk.ToJson()));
        Assert.Equal(["action_0"], walk.ActionNames);
    }

    [Fact]
    public void Rare_probabilities_of_equal_outcomes_stay_apart()
    {
        // A birth and death process: the outcomes of all states are alike, the probabilities of no two are.
        const int n = 50_000;
        var (next, p) = (new int[2 * n], new double[2 * n]);
        for (int s = 0; s < n; s++)
            (next[2 * s], next[2 * s + 1], p[2 * s], p[2 * s + 1]) =
                (Math.Max(s - 1, 0), Math.Min(s + 1, n - 1), (s + 1.0) / (n + 1), 1 - (s + 1.0) / (n + 1));

        var mdp = Mdp.FromArrays(n, 1, 2, next, new double[2 * n], p, new bool[n], [new(0, 1)]);

        Assert.All(new[] { 1, 700, 30_000, n - 2 },
            s => Assert.Equal((s - 1, (s + 1.0) / (n + 1)), (mdp.Next(s, 0), mdp.Probability(s, 0))));
    }

    [Theory]
    [InlineData("""{"P": [], "start": [[0, 1]]}""", "P must have 1 to 100000 states (got 0).")]
    [InlineData("""{"P": [[[[1, 0, 0, false]]]]}""", "start is missing.")]
    [InlineData("""{"P": [[[[1, 1, 0, false]]]], "start": [[0, 1]]}""", "P[0][0][0][1] must be a whole number between 0 and 0 (got 1).")]
    [InlineData("""{"P": [[[[0.9, 0, 0, false]]]], "start": [[0, 1]]}""",
        "P[0][0]: the probabilities must add up to 1 (they add up to 0.9).")]
    [InlineData("""{"P": [[[[1.5, 0, 0, false]]]], "start": [[0, 1]]}""", "P[0][0][0][0] must be a number between 0 and 1 (got 1.5).")]
    [InlineData("""{"P": [[[[1, 0, 1e999, false]]]], "start": [[0, 1]]}""", "P[0][0][0][2] must be a finite number (got 1e999).")]
    [InlineData("""{"P": [[[[1, 0, 0, 1]]]], "start": [[0, 1]]}""", "P[0][0][0][3] must be true or false (got 1).")]
    [InlineData("""{"P": [[[[1, 0, 0]]]], "start": [[0, 1]]}""", "P[0][0][0] must be [probability, next_state, reward, terminated].")]
    [InlineData("""{"P": [[[]]], "start": [[0, 1]]}""", "P[0][0] must have at least one outcome.")]
    [InlineData("""{"P": [[[[1, 0, 0, false]], [[1, 0, 0, false]]], [[[1, 0, 0, false]]]], "start": [[0, 1]]}""",
        "P[1] must be a list with one entry per action, 2 as in P[0] (got 1).")]
    [InlineData("""{"P": [[[[1, 0, 0, false]]]], "start": [[0, 0.5]]}""",
        "start: the probabilities must add up to 1 (they add up to 0.5).")]
    [InlineData("""{"P": [[[[1, 0, 0, false]]]], "start": [[0, 0.5], [0, 0.5]]}""", "start[1]: state 0 is listed twice.")]
    [InlineData("""{"P": [[[[1, 0, 0, true]]]], "start": [[0, 1]]}""", "start[0]: state 0 is terminal")]
    [InlineData("""{"P": [[[[1, 0, 0, false]]]], "start": [[0, 1]], "labels": ["a", "b"]}""",
        "labels must be empty or have one label per state, 1 (got 2).")]
    [InlineData("""{"P": [[[[1, 0, 0, false]]]], "start": [[0, 1]], "positions": [[0]]}""", "positions[0] must be [x, y].")]
    [InlineData("""{"P": [[[[1, 0, 0, false]]]], "start": [[0, 1]], "positions": [[16000000, 3]]}""", "positions need 16000001 × 4 cells")]
    [InlineData("""{"P": [[[[1, 0, 0, false]]]], "start": [[0, 1]], "max_steps": 0}""", "max_steps must be at least 1")]
    [InlineData("""{"P": [[[[1, 0, 0, false]]]], "start": [[0, 1]], "map": ["SG"]}""", "map is not a known property.")]
    [InlineData("""{"P": 3, "start": {}}""", "P must be a list (got 3).")]
    public void Error_names_its_place(string json, string error) =>
        Assert.Contains(error, Assert.Throws<InputException>(() => World.FromJson(json)).Message);

    [Fact]
    public void All_errors_are_listed()
    {
        var e = Assert.Throws<InputException>(() => World.FromJson(
            """{"P": [[[[2, 0, 0, false]], [[1, 9, 0, false]]], [[], 4]], "start": [[0, 7]], "labels": [1]}"""));

        string[] places = ["P[0][0][0][0]", "P[0][1][0][1]", "P[1][0]", "P[1][1]", "start[0][1]", "labels[0]"];
        Assert.Equal(places, e.Errors.Select(error => error.Split(' ')[1]));
    }

    [Fact]
    public void Sticky_and_changing_worlds_are_not_one_mdp()
    {
        Assert.Contains("Sticky", Assert.Throws<InputException>(() =>
            new World(["S.G"], new() { Sticky = 0.5 }).ToMdpJson()).Message);
        Assert.Contains("changes", Assert.Throws<InputException>(() => Worlds.BlockingMaze().ToMdpJson()).Message);
        Assert.Contains("100000 states", Assert.Throws<InputException>(() => Worlds.Empty(400, 300).ToMdpJson()).Message);
    }

    [Fact]
    public void Only_the_step_limit_of_an_mdp_can_be_changed()
    {
        var world = World.FromJson(Small);

        Assert.Equal(7, world.With(world.Rules with { MaxSteps = 7 }).Compile().StepLimit);
        Assert.Contains("only max_steps", Assert.Throws<InputException>(() => world.With(world.Rules with { Slip = 0.5 })).Message);
        Assert.Throws<InputException>(() => world.WithCells(new CellChange(0, 0, '#')));
    }

    [Fact]
    public void Goal_that_cannot_be_reached_is_reported_with_its_label()
    {
        var world = World.FromJson("""
            {"P": [[[[1, 1, -1, true]]], [[[1, 1, 0, true]]], [[[1, 3, 5, true]]], [[[1, 3, 0, true]]]], "start": [[0, 1]],
             "labels": ["a", "b", "c", "far"]}
            """);

        Assert.Equal(["The goal state 3 (far) cannot be reached from any start."], world.Compile().Warnings);
    }

    static double Checksum(World world)
    {
        var run = ContractWorlds.RunLoop(world, new QLearning(), seed: 3);
        run.Run(300);
        return run.Loop.Values.Values.ToArray().Sum();
    }

    static bool Same((int, int, IReadOnlyList<string>) a, (int, int, IReadOnlyList<string>) b) =>
        (a.Item1, a.Item2) == (b.Item1, b.Item2) && a.Item3.SequenceEqual(b.Item3);
}
