namespace GridWorld.Tests;

/// <summary>Planners pass by pass, against the book, and against Berkeley's grids written once more.</summary>
public class PlanningPassTests
{
    public static TheoryData<string, string, double> Grids => new()
    {
        { "book-grid", "   +| # -|S   ", 0.9 },
        { "bridge-grid", "#-----#|1S    X|#-----#", 0.9 },
        { "cliff-grid", "     |S   X|-----", 0.5 },
        { "maze-grid", "   +|## #| #  | ## |S   ", 0.9 },
        { "discount-grid", "     | #   | #1#X|S    |-----", 1 },
    };

    [Theory, MemberData(nameof(Grids))]
    public void Values_after_every_pass_are_those_of_the_course(string name, string layout, double discount)
    {
        var course = new BerkeleyGrid(layout);
        var passes = Planner.Passes(Worlds.Get(name).Compile(), discount).Take(12).ToList();

        Assert.Equal(12, passes.Count);
        Assert.All(passes, pass =>
        {
            var values = course.ValuesAfter((int)pass.Number, 0.2, discount);
            Assert.All(course.States, s => Assert.Equal(values[s], pass.Values[s], 1e-12));
            Assert.Equal(pass.Number * Worlds.Get(name).States, pass.Backups);
        });
    }

    /// <summary>Sutton and Barto, 2nd ed., figure 4.1: the random policy, and what is greedy by its values.</summary>
    [Theory]
    [InlineData(1, -1.0, -1.0, -1.0, -1.0)]
    [InlineData(2, -1.75, -2.0, -2.0, -2.0)]
    [InlineData(3, -2.4375, -2.9375, -3.0, -2.875)]
    [InlineData(10, -6.1, -8.4, -9.0, -7.7)]
    public void Random_policy_has_the_values_of_figure_4_1(int k, double next, double two, double corner, double diagonal)
    {
        var mdp = Worlds.SuttonBarto41().Compile();
        var pass = Planner.Passes(mdp, StationaryPolicy.Uniform(mdp)).ElementAt(k - 1);

        double[] expected = [0, next, two, corner, next, diagonal];
        Assert.All(Enumerable.Range(0, 6), s => Assert.Equal(expected[s], pass.Values[s], 0.0501));
        Assert.Equal([3], pass.BestActions(1)); // Left, to the corner.
        Assert.Equal([0], pass.BestActions(4));
    }

    [Theory]
    [InlineData("frozen-lake-4x4", 0.95)]
    [InlineData("aima-4x3", 1)]
    [InlineData("sb-3.5", 0.9)]
    [InlineData("windy-stochastic", 1)]
    public void Every_way_ends_at_the_optimum(string name, double discount)
    {
        var mdp = Worlds.Get(name).Compile();
        var plan = Plans.Of(mdp, discount);
        List<PlanningPass> sweeps = [.. Enum.GetValues<ValueIterationOrder>().Select(order => Planner.Passes(mdp, discount, order).Last())];

        Assert.All(sweeps, last => Assert.Equal(0, last.PolicyChanges));
        Assert.All([.. sweeps, Planner.Improvements(mdp, discount, 5).Last(), Planner.Improvements(mdp, discount).Last()], last =>
        {
            Assert.All(Enumerable.Range(0, mdp.States), s => Assert.Equal(plan.Values[s], last.Values[s], 1e-8));
            Assert.All(Enumerable.Range(0, mdp.States), s => Assert.All(last.BestActions(s), a => Assert.True(plan.IsTied(s, a))));
        });
    }

    [Fact]
    public void Policy_iteration_improves_in_few_steps_and_never_gets_worse()
    {
        var policies = Planner.Improvements(Worlds.Aima4x3().Compile()).ToList();

        Assert.InRange(policies.Count, 2, 6);
        Assert.All(policies.Zip(policies.Skip(1)), pair => Assert.All(pair.First.Values.Zip(pair.Second.Values),
            v => Assert.True(v.Second >= v.First - 1e-12)));
    }

    [Fact]
    public void Bad_input_is_refused_before_the_first_pass()
    {
        var mdp = Worlds.Aima4x3().Compile();
        var sticky = new World(["S.G"], new() { Sticky = 0.5 }).Compile();

        Assert.Throws<InputException>(() => Planner.Passes(mdp, 1.1));
        Assert.Throws<InputException>(() => Planner.Passes(mdp, 1, (ValueIterationOrder)9));
        Assert.Throws<InputException>(() => Planner.Passes(mdp, StationaryPolicy.Uniform(mdp), 1, ValueIterationOrder.Prioritized));
        Assert.Throws<InputException>(() => Planner.Improvements(mdp, 1, 0));
        Assert.Throws<InputException>(() => Planner.Improvements(sticky));
    }
}
