namespace GridWorld.Tests;

/// <summary>
/// The catalog's worlds have the optimal values of their sources: a wrong cell, reward, slip or wind shows here. Solved by plain value
/// iteration.
/// </summary>
public class CatalogValuesTests
{
    [Theory]
    [InlineData("windy", 1, 30, -15)]
    [InlineData("windy-kings", 1, 30, -7)]
    [InlineData("windy-kings-stay", 1, 30, -7)]
    [InlineData("windy-stochastic", 1, 30, -20.6282578875164)]
    [InlineData("windy-kings-stochastic", 1, 30, -10.9646090534976)]
    [InlineData("cliff-walking", 1, 36, -13)]
    [InlineData("cliff-walking", 1, 0, -14)]
    [InlineData("cliff-walking", 0.99, 36, -12.2478977001032)]
    [InlineData("dyna-maze", 0.95, 18, 0.513342083279505)]
    [InlineData("frozen-lake-4x4", 0.99, 0, 0.542025932000474)]
    [InlineData("frozen-lake-4x4", 0.99, 10, 0.6152075578771)]
    [InlineData("frozen-lake-8x8", 0.99, 0, 0.414640361799988)]
    [InlineData("frozen-lake-8x8", 0.9, 0, 0.00641111426156772)]
    [InlineData("sb-3.5", 0.9, 1, 24.4194280969940)]
    [InlineData("sb-3.5", 0.9, 24, 11.6797367585651)]
    [InlineData("sb-4.1", 1, 3, -3)]
    [InlineData("empty-10x10", 1, 0, -18)]
    public void Optimal_value_is_the_published_one(string name, double discount, int state, double value) =>
        Assert.Equal(value, Values(Worlds.Get(name).Compile(), discount)[state], 1e-9);

    /// <summary>Russell and Norvig, 3rd ed., figure 17.3.</summary>
    [Fact]
    public void Aima_world_has_the_utilities_of_the_book()
    {
        double[] book = [0.812, 0.868, 0.918, 1, 0.762, 0, 0.660, -1, 0.705, 0.655, 0.611, 0.388];
        var values = Values(Worlds.Aima4x3().Compile(), 1);

        Assert.All(Enumerable.Range(0, 12).Where(s => s != 5), s => Assert.Equal(book[s], values[s], 5.001e-4));
    }

    /// <summary>Berkeley's picture of the values after 100 passes.</summary>
    [Fact]
    public void Book_grid_has_the_values_of_the_course()
    {
        double[] course = [0.64, 0.74, 0.85, 1, 0.57, 0, 0.57, -1, 0.49, 0.43, 0.48, 0.28];
        var values = Values(Worlds.BookGrid().Compile(), 0.9);

        Assert.All(Enumerable.Range(0, 12).Where(s => s != 5), s => Assert.Equal(course[s], values[s], 5.001e-3));
    }

    [Theory]
    [InlineData(1.0, 0.9509900499)] // As the lake that is not slippery.
    [InlineData(1.0 / 3, 0.542025932000474)]
    public void Lake_with_a_success_rate_has_its_published_value(double rate, double value) =>
        Assert.Equal(value, Values(Worlds.FrozenLake4x4(successRate: rate).Compile(), 0.99)[0], 1e-9);

    [Theory]
    [InlineData(36, -64.7091759099622)]
    [InlineData(0, -60.0968039888397)]
    [InlineData(24, -61.7091759099622)]
    [InlineData(35, -9)]
    public void Slippery_cliff_has_its_published_values(int state, double value) =>
        Assert.Equal(value, Values(Worlds.CliffWalking(slippery: true).Compile(), 1)[state], 1e-9);

    [Theory]
    [InlineData("frozen-lake-4x4", 0.9509900499)]
    [InlineData("frozen-lake-8x8", 0.877521022998968)]
    public void Lake_that_is_not_slippery_has_its_published_value(string name, double value) =>
        Assert.Equal(value, Values(Worlds.Get(name, new() { Slippery = false }).Compile(), 0.99)[0], 1e-9);

    [Theory]
    [InlineData("blocking-maze", 10, 16)]
    [InlineData("shortcut-maze", 16, 10)]
    public void Changing_maze_takes_as_many_steps_as_published(string name, int before, int after)
    {
        var mdp = Worlds.Get(name).Compile();

        Assert.Equal(Math.Pow(0.5, before - 1), Values(mdp, 0.5)[48], 1e-15);
        Assert.Equal(Math.Pow(0.5, after - 1), Values(mdp.Changes[0].Mdp, 0.5)[48], 1e-15);
    }

    static double[] Values(Mdp mdp, double discount)
    {
        var v = new double[mdp.States];
        for (double change = 1; change > 1e-14;)
        {
            change = 0;
            for (int s = 0; s < mdp.States; s++)
            {
                if (mdp.IsTerminal(s))
                    continue;
                double best = double.NegativeInfinity;
                for (int a = 0; a < mdp.Actions; a++)
                    best = Math.Max(best, Enumerable.Range(0, mdp.OutcomesPerPair).Sum(k => mdp.Probability(s, a, k)
                        * (mdp.Reward(s, a, k) + (mdp.Ends(s, a, k) ? 0 : discount * v[mdp.Next(s, a, k)]))));
                change = Math.Max(change, Math.Abs(best - v[s]));
                v[s] = best;
            }
        }

        return v;
    }
}
