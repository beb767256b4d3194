namespace GridWorld.Tests;

/// <summary>Diagnostics of a world that changes are those of the world as it is at the agent's step.</summary>
public class DiagnosisTests
{
    // A corridor of two rows; after ten steps a wall stands between start and goal.
    static readonly World world = new(["S.G", "..."], new WorldRules { Changes = [new(10, "S#G\n...")] });

    [Theory]
    [InlineData(9, 5, 1.5)]  // right leads to (1, 0), worth 5: −1 + 0.5·5 = 1.5
    [InlineData(10, 4, 1.0)] // right bumps into the wall and stays: −1 + 0.5·0 = −1
    public void Errors_and_reachable_states_are_those_of_the_world_at_the_agents_step(long steps, int reachable, double error)
    {
        const int right = 1;
        var (q, visits) = (new double[6 * 4], new long[6 * 4]);
        visits[right] = 1;
        q[4 + right] = 5;

        var diagnostics = new Diagnosis(new(world, new QLearning(), 1, null)).Of(
            new(1, steps, 0, [.. q], [.. visits]) { In = new(world, world.Compile()) }, Status, new());

        Assert.Equal((reachable, error), (diagnostics.ReachableStates, diagnostics.MeanTdError!.Value));
    }

    [Fact]
    public void Rewards_of_a_later_map_are_no_divergence()
    {
        var rich = new World(["S.G", "..."],
            new WorldRules { Rewards = new Dictionary<char, double> { ['T'] = 1000 }, Legend = new Dictionary<char, char> { ['T'] = '.' },
            Changes = [new(10, "S.G\n.T.")] });
        var (q, visits) = (new double[6 * 4], new long[6 * 4]);
        (visits[0], q[0]) = (1, 900);

        var flags = new Diagnosis(new(rich, new QLearning(), 1, null, MaxSteps: 10)).Of(
            new(1, 20, 0, [.. q], [.. visits]) { In = new(rich, rich.Compile()) }, Status, new()).Flags;

        Assert.DoesNotContain(flags, f => f.Word == "diverging");
    }

    static RunStatus Status =>
        new() { Id = "a", Name = "a", State = RunState.Training, Episodes = 1, Steps = 1,
        Settings = new() { DiscountFactor = 0.5, Epsilon = 0 } };
}
