namespace GridWorld.Tests;

public class SamplerTests
{
    // Means and standard deviations of the best of 200 uniform draws, from 2·10⁶ and 10⁶ draws.
    const double BraninMean = 0.658, BraninSpread = 0.256, HartmannMean = -2.291, HartmannSpread = 0.367;

    [Fact]
    public void Best_of_200_random_points_has_the_law_of_uniform_draws()
    {
        double branin = TestFunction.Branin.MeanBest(100, s => Sampler.Random(TestFunction.Branin.Space, s));
        double hartmann = TestFunction.Hartmann6.MeanBest(100, s => Sampler.Random(TestFunction.Hartmann6.Space, s));

        Assert.InRange((branin - BraninMean) / (BraninSpread / 10), -3, 3);
        Assert.InRange((hartmann - HartmannMean) / (HartmannSpread / 10), -3, 3);
    }

    [Fact]
    public void Sobol_points_find_better_ones_than_random_draws()
    {
        double branin = TestFunction.Branin.MeanBest(100, s => Sampler.Sobol(TestFunction.Branin.Space, s));
        double hartmann = TestFunction.Hartmann6.MeanBest(100, s => Sampler.Sobol(TestFunction.Hartmann6.Space, s));

        Assert.True(branin < BraninMean - 3 * BraninSpread / 10, $"Branin {branin}");
        // 200 points are too few to be even in six dimensions, but they must not be worse.
        Assert.True(hartmann < HartmannMean + 3 * HartmannSpread / 10, $"Hartmann6 {hartmann}");
    }

    [Fact]
    public void Tpe_ends_close_to_the_minimum()
    {
        double[] branin = [.. TestFunction.Branin.Bests(30, s => Sampler.Tpe(TestFunction.Branin.Space, s, higherIsBetter: false)).Order()];
        double[] hartmann = [.. TestFunction.Hartmann6.Bests(9, s => Sampler.Tpe(TestFunction.Hartmann6.Space, s, false)).Order()];

        Assert.True((branin[14] + branin[15]) / 2 < 0.45, $"Branin, median {branin[14]}");
        // The best 5 % of searches with uniform draws end at −2.891.
        Assert.True(hartmann[4] < -2.891, $"Hartmann6, median {hartmann[4]}");
    }

    [Fact]
    public void Tpe_maximizes_the_negative_of_what_it_minimizes()
    {
        var space = new SearchSpace([SearchParameter.LogUniform("x", 0.01, 1), SearchParameter.Choice("c", "a", "b")]);
        List<ScoredPoint> low = [], high = [];
        Sampler least = Sampler.Tpe(space, 4, higherIsBetter: false), greatest = Sampler.Tpe(space, 4, higherIsBetter: true);
        for (int trial = 0; trial < 60; trial++)
        {
            var point = least.Propose(trial, low);
            Assert.Equal(point, greatest.Propose(trial, high));
            double score = Math.Abs(Math.Log(point["x"].Number!.Value / 0.1)) + (point["c"] == "a" ? 1 : 0);
            low.Add(new(point, score));
            high.Add(new(point, -score));
        }

        Assert.True(low.Skip(40).Count(r => r.Point["c"] == "b") > 15);
        Assert.True(low.Skip(40).Average(r => r.Score) < low.Take(20).Average(r => r.Score) / 2);
    }

    public static TheoryData<string> Names => ["random", "sobol", "tpe"];

    static Sampler Make(string name, SearchSpace space, ulong seed) => name switch
    {
        "random" => Sampler.Random(space, seed),
        "sobol" => Sampler.Sobol(space, seed),
        _ => Sampler.Tpe(space, seed, true),
    };

    static readonly SearchSpace Mixed = new(
    [
        SearchParameter.Uniform("u", -1, 2), SearchParameter.LogUniform("l", 0.001, 10), SearchParameter.Integer("i", 1, 8),
        SearchParameter.Choice("c", "a", 0.5, true), SearchParameter.Uniform("deep", 0, 1).When("c", "a", true),
        SearchParameter.Integer("deeper", 3, 3).When("deep", 0.5).When("c", "a"), SearchParameter.Choice("one", 7),
    ]);

    [Theory, MemberData(nameof(Names))]
    public void A_proposal_depends_on_results_at_least_8_trials_old_only(string name)
    {
        var sampler = Make(name, Mixed, 3);
        List<ScoredPoint> all = [.. Enumerable.Range(0, 50).Select(t => new ScoredPoint(Sampler.Random(Mixed, 9).Propose(t, []), t % 7))];

        foreach (int trial in new[] { 7, 8, 27, 28, 40 })
        {
            int needed = sampler.Needed(trial);
            ScoredPoint[] changed = [.. all.Take(needed), .. all.Skip(needed).Select(r => r with { Score = double.NaN })];
            var point = sampler.Propose(trial, all);

            Assert.Equal(name == "tpe" ? Math.Max(0, trial - 7) : 0, needed);
            Assert.Equal(point, sampler.Propose(trial, changed));
            Assert.Equal(point, Make(name, Mixed, 3).Propose(trial, all[..needed]));
            if (needed > 0)
                Assert.Throws<InputException>(() => sampler.Propose(trial, all[..(needed - 1)]));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Points_lie_in_the_space_and_have_no_inactive_parameter(string name)
    {
        var sampler = Make(name, Mixed, 11);
        var results = new List<ScoredPoint>();
        for (int trial = 0; trial < 120; trial++)
        {
            var point = sampler.Propose(trial, results);
            // A failed trial must not stop the search.
            results.Add(new(point, trial % 9 == 0 ? double.NaN : trial % 7 == 0 ? double.NegativeInfinity : point["u"].Number!.Value));

            Assert.InRange(point["u"].Number!.Value, -1, 2);
            Assert.InRange(point["l"].Number!.Value, 0.001, 10);
            Assert.Contains(point["i"].Number!.Value, new double[] { 1, 2, 3, 4, 5, 6, 7, 8 });
            Assert.Equal(point["c"] != 0.5, point.ContainsKey("deep"));
            Assert.False(point.ContainsKey("deeper"));
        }

        Assert.Equal(8, results.Select(r => r.Point["i"]).Distinct().Count());
        Assert.Equal(3, results.Select(r => r.Point["c"]).Distinct().Count());
    }

    [Fact]
    public void Random_values_of_each_kind_have_their_distribution()
    {
        SearchPoint[] points = [.. Enumerable.Range(0, 4000).Select(t => Sampler.Random(Mixed, 1).Propose(t, []))];
        double error = 1 / Math.Sqrt(12 * 4000);

        Assert.InRange((points.Average(p => (p["u"].Number!.Value + 1) / 3) - 0.5) / error, -3.5, 3.5);
        Assert.InRange((points.Average(p => (Math.Log10(p["l"].Number!.Value) + 3) / 4) - 0.5) / error, -3.5, 3.5);
        Assert.All(points.GroupBy(p => p["i"]), g => Assert.InRange(g.Count(), 500 - 75, 500 + 75));
        Assert.All(points.GroupBy(p => p["c"]), g => Assert.InRange(g.Count(), 1333 - 110, 1333 + 110));
    }

    [Fact]
    public void Grid_has_each_combination_once_and_the_last_parameter_varies_fastest()
    {
        var space = new SearchSpace(
        [
            SearchParameter.Choice("learner", "sarsa", "n-step-sarsa"), SearchParameter.Integer("n", 1, 3).When("learner", "n-step-sarsa"),
            SearchParameter.Choice("a", 0.1, 0.5),
        ]);
        var grid = Sampler.Grid(space);

        Assert.Equal(8, grid.Trials);
        Assert.Equal(
        [
            "learner sarsa, a 0.1", "learner sarsa, a 0.5", "learner n-step-sarsa, n 1, a 0.1", "learner n-step-sarsa, n 1, a 0.5",
            "learner n-step-sarsa, n 2, a 0.1", "learner n-step-sarsa, n 2, a 0.5", "learner n-step-sarsa, n 3, a 0.1",
            "learner n-step-sarsa, n 3, a 0.5",
        ], Enumerable.Range(0, 8).Select(t => grid.Propose(t, []).ToString()));
        Assert.Contains("between 0 and 7", Assert.Throws<InputException>(() => grid.Propose(8, [])).Message);
    }

    [Fact]
    public void Grid_refuses_continuous_parameters_and_endless_products()
    {
        Assert.Equal(3, Assert.Throws<InputException>(() => Sampler.Grid(new([SearchParameter.Uniform("a", 0, 1),
            SearchParameter.LogUniform("b", 1, 2), SearchParameter.Integer("c", 1, 2), SearchParameter.LogUniform("d", 1, 2)])))
            .Errors.Count);
        Assert.Contains("100000", Assert.Throws<InputException>(() => Sampler.Grid(new([SearchParameter.Integer("a", 0, 1000),
            SearchParameter.Integer("b", 1, 1000)]))).Message);
    }

    [Fact]
    public void An_empty_space_has_one_point()
    {
        Assert.Equal(1, Sampler.Grid(new([])).Trials);
        Assert.Empty(Sampler.Grid(new([])).Propose(0, []));
    }
}
