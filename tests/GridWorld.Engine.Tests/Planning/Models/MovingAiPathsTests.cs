namespace GridWorld.Tests;

/// <summary>The optimal lengths of the benchmark's own scenario files, printed with six digits or more.</summary>
public class MovingAiPathsTests
{
    const double Printed = 1e-5;

    [Theory]
    [InlineData("arena", 1)]
    [InlineData("den312d", 1)]
    [InlineData("lak303d", 1)]
    [InlineData("Berlin_0_256", 1)]
    [InlineData("random512-10-0", 4)]
    [InlineData("maze512-32-9", 16)] // the longest paths by far
    public void Shortest_paths_are_as_long_as_every_scenario_says(string name, int every)
    {
        string path = MovingAiFiles.Find(name + ".map");
        var problems = MovingAiScenario.Load(path + ".scen").Where(problem => problem.Index % every == 0).ToList();
        var world = World.Load(path, scenario: 0);
        var (goalY, goalX) = Math.DivRem(world.Goals[0], world.Width);
        var mdp = world.WithCells(new CellChange(goalX, goalY, '.')).Compile();
        var cost = new double?[problems.Count];

        Parallel.For(0, problems.Count, new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = Plans.Token },
            () => new ShortestPaths(mdp), (k, _, paths) =>
        {
            cost[k] = paths.Cost(problems[k].StartY * world.Width + problems[k].StartX, problems[k].GoalY * world.Width + problems[k].GoalX,
                Plans.Token);
            return paths;
        }, _ => { });

        Assert.All(problems.Zip(cost),
            pair => Assert.Equal(pair.First.OptimalLength, pair.Second!.Value, Printed * Math.Max(1, pair.First.OptimalLength)));
    }

    [Theory]
    [InlineData("arena", 1)]
    [InlineData("den312d", 1)]
    [InlineData("lak303d", 200)]
    [InlineData("Berlin_0_256", 200)]
    [InlineData("random512-10-0", 600)]
    [InlineData("maze512-32-9", 2500)]
    public void The_plan_of_a_scenario_starts_at_minus_its_length(string name, int every)
    {
        string path = MovingAiFiles.Find(name + ".map");
        var problems = MovingAiScenario.Load(path + ".scen");

        for (int k = every - 1; k < problems.Count; k += every)
        {
            double length = problems[k].OptimalLength;
            Assert.Equal(-length, Plans.Of(World.Load(path, scenario: k)).StartValue, Printed * Math.Max(1, length));
        }
    }
}
