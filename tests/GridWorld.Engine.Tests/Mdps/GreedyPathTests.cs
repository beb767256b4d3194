namespace GridWorld.Tests;

public class GreedyPathTests
{
    // Up, right, down, left.
    const int Up = 0, Right = 1, Down = 2, Left = 3;

    [Fact]
    public void Path_ends_in_the_terminal_cell() =>
        Assert.Equal((PathEnd.Terminal, "0 1 2"), Path(World.Parse("S.G"), Right));

    [Fact]
    public void Path_that_returns_to_a_state_is_a_loop() =>
        Assert.Equal((PathEnd.Loop, "0 1 0"), Path(World.Parse("S.G"), s => s == 1 ? Left : Right));

    [Fact]
    public void Path_into_a_wall_is_a_loop() =>
        Assert.Equal((PathEnd.Loop, "0 1 1"), Path(World.Parse("S.G"), s => s == 1 ? Up : Right));

    [Fact]
    public void Path_over_a_cliff_ends_before_it() =>
        Assert.Equal((PathEnd.Restart, "0"), Path(World.Parse("""
            S.G
            C..
            """), Down));

    [Fact]
    public void Path_ends_where_the_agent_never_acted() =>
        Assert.Equal((PathEnd.Open, "0 1 2"), Path(World.Parse("S..G"), _ => Right, visited: s => s < 2));

    [Fact]
    public void Path_is_not_longer_than_asked_for() =>
        Assert.Equal((PathEnd.Open, "0 1 2"), Path(World.Parse("S...G"), _ => Right, most: 3));

    [Fact]
    public void Equally_probable_outcomes_lead_in_the_chosen_direction()
    {
        // Each action slips to both sides with a third. Actions are left, down, right, up.
        var lake = Worlds.FrozenLake4x4(slippery: true);

        Assert.Equal((PathEnd.Terminal, "0 4 8 9 13 14 15"), Path(lake, s => s is 0 or 4 or 9 ? 1 : 2));
    }

    static (PathEnd, string) Path(World world, int action) => Path(world, _ => action);

    static (PathEnd, string) Path(World world, Func<int, int> policy, Func<int, bool>? visited = null, int most = 100)
    {
        var q = new double[world.States * world.Actions];
        for (int state = 0; state < world.States; state++)
            q[state * world.Actions + policy(state)] = 1;

        var path = GreedyPath.From(world.Compile(), q, visited ?? (_ => true), 0, most);
        return (path.End, string.Join(' ', path.States));
    }
}
