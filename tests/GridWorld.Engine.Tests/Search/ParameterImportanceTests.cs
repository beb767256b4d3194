namespace GridWorld.Tests;

public class ParameterImportanceTests
{
    static ScoredPoint[] Results(SearchSpace space, int count, Func<SearchPoint, double> score) => [.. Enumerable.Range(0, count)
        .Select(t => Sampler.Random(space, 5).Propose(t, [])).Select(p => new ScoredPoint(p, score(p)))];

    // Of a sum of independent terms the shares are as the variances: 9²/12, 3²/12 and 1/12 for 9a + 3b + c, and 0 for d.
    [Fact]
    public void Shares_follow_the_variance_that_a_parameter_causes()
    {
        SearchSpace space = new("dcba".Select(name => SearchParameter.Uniform($"{name}", 0, 1)));
        var results = Results(space, 300, p => 9 * p["a"].Number!.Value + 3 * p["b"].Number!.Value + p["c"].Number!.Value);

        var shares = ParameterImportance.Of(space, results, 1);

        Assert.Equal(["a", "b"], shares.Take(2).Select(s => s.Name));
        Assert.InRange(shares[0].Share, 0.75, 0.97);
        Assert.InRange(shares[1].Share, 0.03, 0.25);
        Assert.All(shares.Skip(2), s => Assert.InRange(s.Share, 0, 0.02));
        Assert.Equal(1, shares.Sum(s => s.Share), 12);
        Assert.Equal(shares, ParameterImportance.Of(space, results, 1));
    }

    [Fact]
    public void Choices_and_absent_parameters_count()
    {
        SearchSpace space = new(
        [
            SearchParameter.Choice("learner", "sarsa", "q-learning", "n-step-sarsa"),
            SearchParameter.Integer("n", 1, 8).When("learner", "n-step-sarsa"), SearchParameter.Uniform("idle", 0, 1),
        ]);
        var results = Results(space, 300, p =>
            p["learner"] == "sarsa" ? 10 : p.TryGetValue("n", out var n) ? n.Number!.Value / 2 : 0);

        var shares = ParameterImportance.Of(space, results, 2);

        Assert.Equal(["learner", "n", "idle"], shares.Select(s => s.Name));
        Assert.True(shares[1].Share > 5 * shares[2].Share, string.Join(" ", shares));
    }

    [Fact]
    public void Failed_and_infinite_scores_do_not_spoil_it()
    {
        SearchSpace space = new([SearchParameter.Uniform("a", 0, 1), SearchParameter.Uniform("b", 0, 1)]);
        var results = Results(space, 100, p => p["a"].Number > 0.9 ? double.PositiveInfinity : p["b"].Number > 0.95 ? double.NaN
            : p["a"].Number!.Value);

        var shares = ParameterImportance.Of(space, results, 3);

        Assert.Equal("a", shares[0].Name);
        Assert.InRange(shares[0].Share, 0.9, 1);
    }

    [Fact]
    public void Nothing_to_explain_gives_no_shares()
    {
        SearchSpace space = new([SearchParameter.Uniform("a", 0, 1), SearchParameter.Uniform("b", 0, 1)]);

        Assert.All(ParameterImportance.Of(space, [], 1), s => Assert.Equal(0, s.Share));
        Assert.All(ParameterImportance.Of(space, Results(space, 30, _ => 4), 1), s => Assert.Equal(0, s.Share));
    }
}
