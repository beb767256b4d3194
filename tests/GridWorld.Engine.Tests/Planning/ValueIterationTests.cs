namespace GridWorld.Tests;

public class ValueIterationTests
{
    public static TheoryData<string, double> Known => new()
    {
        { "frozen-lake-4x4", 0.99 }, { "frozen-lake-8x8", 0.95 }, { "cliff-walking", 1 }, { "windy-stochastic", 1 }, { "sb-3.5", 0.9 },
        { "sb-4.1", 1 }, { "dyna-maze", 0.95 },
    };

    [Theory, MemberData(nameof(Known))]
    public void Every_order_ends_at_the_values_of_the_planner(string name, double discount)
    {
        var mdp = Worlds.Get(name).Compile();
        var plan = Plans.Of(mdp, discount);

        Assert.All(Enum.GetValues<ValueIterationOrder>(), order => Assert.All(
            plan.Values.Zip(ValueIteration.Solve(mdp, discount, order, 1e-13, cancellationToken: Plans.Token).Values),
            pair => Assert.Equal(pair.First, pair.Second, 1e-9)));
    }

    [Theory, MemberData(nameof(Known))]
    public void Policy_iteration_ends_at_the_values_of_the_planner(string name, double discount)
    {
        var mdp = Worlds.Get(name).Compile();

        Assert.All(Plans.Of(mdp, discount).Values.Zip(PolicyIteration.Solve(mdp, discount, Plans.Token).Values),
            pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    [Fact]
    public void Example_4_1_takes_three_synchronous_passes_and_one_that_finds_nothing()
    {
        var plan = ValueIteration.Solve(Worlds.SuttonBarto41().Compile(), 1, ValueIterationOrder.Synchronous,
            cancellationToken: Plans.Token);

        Assert.Equal(4, plan.Iterations);
        Assert.Equal([0, -1, -2, -3, -1, -2, -3, -2, -2, -3, -2, -1, -3, -2, -1, 0], plan.Values);
    }

    [Fact]
    public void Backward_order_needs_two_passes_where_row_order_counts_its_way_back()
    {
        var mdp = new World(["S" + new string('.', 50) + "G"]).Compile();

        long Passes(ValueIterationOrder order) => ValueIteration.Solve(mdp, 0.99, order, cancellationToken: Plans.Token).Iterations;

        Assert.Equal(52, Passes(ValueIterationOrder.InPlace));
        Assert.True(Passes(ValueIterationOrder.Prioritized) <= 52);
    }

    [Fact]
    public void A_world_without_an_end_never_comes_to_rest_and_the_fault_names_the_discount_factor()
    {
        var mdp = new World(["S."]).Compile();

        var error = Assert.Throws<InputException>(() => ValueIteration.Solve(mdp, 1, ValueIterationOrder.InPlace, maxPasses: 100,
            cancellationToken: Plans.Token));

        Assert.Contains("discount factor 1", error.Message);
    }

    [Theory]
    [InlineData(0.9999)]
    [InlineData(0.99999)]
    public void Close_to_discount_1_it_takes_the_passes_it_needs(double discount)
    {
        var mdp = Worlds.SuttonBarto35().Compile();

        double found = ValueIteration.Solve(mdp, discount, ValueIterationOrder.InPlace, cancellationToken: Plans.Token).StartValue;

        Assert.Equal(Plans.Of(mdp, discount).StartValue, found, 1e-6 * found);
    }

    [Fact]
    public void Who_gives_up_below_discount_1_is_not_told_to_go_below_1()
    {
        var error = Assert.Throws<InputException>(() => ValueIteration.Solve(Worlds.SuttonBarto35().Compile(), 0.999999,
            ValueIterationOrder.InPlace, maxPasses: 10, cancellationToken: Plans.Token));

        Assert.Contains("not converged after 10 passes", error.Message);
        Assert.DoesNotContain("below 1", error.Message);
    }
}
