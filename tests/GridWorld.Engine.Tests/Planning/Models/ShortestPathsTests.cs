namespace GridWorld.Tests;

public class ShortestPathsTests
{
    [Fact]
    public void A_diagonal_costs_the_root_of_two_and_cuts_no_corner()
    {
        var paths = new ShortestPaths(new World(["S..", "..#", "..."], new WorldRules { Moves = MoveSet.Octile }).Compile());

        Assert.Equal(Math.Sqrt(2), paths.Cost(0, 4, Plans.Token)!.Value, 1e-12);
        Assert.Equal(2 + Math.Sqrt(2), paths.Cost(0, 8, Plans.Token)!.Value, 1e-12); // straight across would cut the wall's corner
    }

    [Fact]
    public void A_goal_behind_a_wall_has_no_cost() =>
        Assert.Null(new ShortestPaths(new World(["S#."]).Compile()).Cost(0, 2, Plans.Token));

    [Fact]
    public void One_object_answers_one_question_after_another()
    {
        var paths = new ShortestPaths(new World(["S...", "...."]).Compile());

        Assert.Equal([3, 1, 4], [paths.Cost(0, 3, Plans.Token), paths.Cost(3, 2, Plans.Token), paths.Cost(0, 7, Plans.Token)]);
    }

    [Fact]
    public void Chance_and_rewards_are_refused()
    {
        Assert.Contains("without chance", Assert.Throws<InputException>(() => new ShortestPaths(Worlds.FrozenLake4x4().Compile())).Message);
        Assert.Contains("reward of 1",
            Assert.Throws<InputException>(() => new ShortestPaths(Worlds.FrozenLake4x4(slippery: false).Compile())).Message);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void A_goal_that_is_not_a_state_or_terminal_is_refused(int goal) =>
        Assert.Contains("goal must be",
        Assert.Throws<InputException>(() => new ShortestPaths(new World(["S.G"]).Compile()).Cost(0, goal, Plans.Token)).Message);
}
