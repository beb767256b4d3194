namespace GridWorld.Tests;

public class SearchSpaceTests
{
    [Fact]
    public void Every_error_is_named_at_once()
    {
        var errors = Assert.Throws<InputException>(() => new SearchSpace(
        [
            SearchParameter.Choice("empty"), SearchParameter.Choice("twice", 1, "1", 1), SearchParameter.Uniform("down", 2, 1),
            SearchParameter.LogUniform("zero", 0, 1), SearchParameter.Integer("part", 0.5, 3),
            SearchParameter.Uniform("nan", double.NaN, 1),
            SearchParameter.Uniform("empty", 0, 1), SearchParameter.Uniform("learner", 0, 1).When("epsilom", 1),
        ], new Dictionary<string, SearchValue> { ["learner"] = "sarsa", ["epsilon"] = 0.1 })).Errors;

        Assert.Equal(
        [
            "empty.choice must contain at least one value.",
            "twice.choice[2] repeats a value (got 1). Remove it.",
            "down.uniform[1] must be at least down.uniform[0] (got 2 and 1).",
            "zero.log_uniform[0] must be above 0, because it is the bound of a logarithm (got 0).",
            "part.integer[0] must be a whole number (got 0.5).",
            "nan.uniform[0] must be finite (got NaN).",
            "empty occurs twice. Remove one.",
            "learner is also a fixed value. Fix it or vary it, but not both.",
            "learner.when.epsilom is neither varied nor fixed. Did you mean epsilon?",
        ], errors);
    }

    [Fact]
    public void Conditions_in_a_circle_are_refused() =>
        Assert.Contains("a, b refer to each other", Assert.Throws<InputException>(() => new SearchSpace(
            [SearchParameter.Integer("a", 0, 1).When("b", 1), SearchParameter.Integer("b", 0, 1).When("a", 1)])).Message);

    [Fact]
    public void Facts_decide_which_parameters_there_are()
    {
        SearchParameter[] all = [SearchParameter.Integer("deep", 0, 1).When("n", 2),
            SearchParameter.Integer("n", 1, 8).When("learner", "b"),
            SearchParameter.Uniform("always", 0, 1)];

        Assert.Equal(["n", "deep", "always"], Names("b").Order(StringComparer.Ordinal).Reverse());
        Assert.Equal("n", Names("b").SkipWhile(n => n == "always").First());
        Assert.Equal(["always"], Names("a"));

        IEnumerable<string> Names(string learner) =>
            new SearchSpace(all, new Dictionary<string, SearchValue> { ["learner"] = learner }).Parameters.Select(p => p.Name);
    }
}
