namespace GridWorld.Tests;

public class ExpectedModelTests
{
    [Theory]
    [InlineData(-1, -2, false)]
    [InlineData(-1, 0, false)]
    [InlineData(-1, 2, true)]
    [InlineData(0, 0, false)]
    [InlineData(0, 2, false)]
    [InlineData(1, 2, false)]
    public void Rewards_are_mixed_if_some_are_below_and_some_above_0(double step, double goal, bool isMixed)
    {
        // Two actions of the start, to itself and to the end.
        var mdp = Mdp.FromArrays(2, 2, 1, [0, 1, 1, 1], [step, goal, 0, 0], [1, 1, 1, 1], [false, true], [new(0, 1)]);

        var model = new ExpectedModel(mdp, 0.9);

        Assert.Equal((Math.Min(step, goal), Math.Max(step, goal), isMixed), (model.MinReward, model.MaxReward, model.IsMixed));
    }
}
