namespace GridWorld.Tests;

/// <summary>
/// Gymnasium's tutorial "Solving FrozenLake with tabular Q-learning": no slipping, α 0.8, γ 0.95, ε 0.1, 2,000 episodes of at most 100
/// steps.
/// </summary>
public class FrozenLakeTutorialTests
{
    // Total reward, its spread, success and steps in the second half, first success. With ties to the first action (the mistake
    // the tutorial warns of) the smallest lake earns nothing at all: the agent walks left forever.
    [Theory]
    [InlineData("SFFF FFHF FFFF FFFG", 1930.1, 0.7, 33, 0.9698, 6.60, 5.3, 4.8)]
    [InlineData("SFFFFFH FFFFFFF FFHFFFF FFFFFFF HFHFFFF FFFFFFF FFFFFFG", 1763.8, 1.6, 74, 0.9614, 13.25, 36, 34)]
    [InlineData("SFFFFFHFF FFFFFFFHF FFFFFFFFF FHFHFFFFF FFFFFFFFF FFFFFFFFF FFFFFFFFF FFFFFHFFF FFFFFFFFG", 1401, 4, 186, 0.9485, 17.75,
        116, 118)]
    [InlineData("SFFFFFHFFFF FFFFFHFFFFF FFFFFFHFHFF FFFFFFFFFFF FFFFFFFFFFF FFFFFFFFFFF FFHFFFFFFFF FFFFFFFFHFF FFFFFFFFFFF FFFFFFFHFFF"
        + " FFFFFFFFFFG", 807, 9, 400, 0.703, 30.4, 324, 324)]
    public void Lakes_are_learned_as_in_the_tutorial(string map, double total, double totalError, double totalSpread, double success,
    double steps, double first, double firstSpread)
    {
        var lake = Worlds.FrozenLake(map.Split(' '), slippery: false, maxSteps: 100).Compile();
        var sample = Sample.Of(300, seed =>
        {
            var run = Loops.Of(lake, new QLearning { LearningRate = 0.8, DiscountFactor = 0.95 }, seed).Run(2000);
            int firstSuccess = Array.FindIndex(run.Returns, r => r > 0);
            return [run.Returns.Sum(), run.Returns[1000..].Average(), run.Lengths[1000..].Average(),
                (firstSuccess < 0 ? 1999 : firstSuccess) + 1];
        });

        sample.Near(0, total, totalError, totalSpread, wrong: 0);
        sample.Near(1, success, sample.Spread(1) / Math.Sqrt(2000));
        sample.Near(2, steps, sample.Spread(2) / Math.Sqrt(2000) + 0.005);
        sample.Near(3, first, firstSpread / Math.Sqrt(2000), firstSpread);
    }
}
