namespace GridWorld.Tests;

public class SpecificationJsonTests
{
    public static TheoryData<ulong, long?, int?> Numbers =>
        new() { { 0, null, null }, { 1, 1000, 5 }, { 1UL << 53, 1, null }, { ulong.MaxValue, long.MaxValue, int.MaxValue } };

    [Theory, MemberData(nameof(Numbers))]
    public void Written_and_read_is_the_same(ulong seed, long? episodes, int? maxSteps)
    {
        var specification = new RunSpecification(Worlds.WindyKingsStochastic(),
            new QLearning
            {
                LearningRate = 0.1 + 0.2, Epsilon = 1e-300, DiscountFactor = 1, TieBreaking = TieBreaking.First, InitialValue = -1.0 / 3,
            },
            seed, episodes, maxSteps);

        var read = SpecificationJson.Read(SpecificationJson.Write(specification));

        Assert.Equal(specification, read);
        Assert.Equal(specification.World.Name, read.World.Name);
    }

    public static TheoryData<string> Learners => [.. LearnerCatalog.All.Select(l => l.Name)];

    [Theory, MemberData(nameof(Learners))]
    public void Every_learner_is_written_and_read_the_same(string name)
    {
        var faults = new Faults();
        var changed = LearnerCatalog.Create(name).Settings.Aggregate(LearnerCatalog.Create(name),
            (o, setting) => setting.WithJson(o, setting switch
        {
            Hyperparameter => """{"schedule":"linear","from":1,"to":0.05,"over":100,"unit":"episodes"}""",
            ChoiceSetting c => c.Choices[^1],
            _ => setting.Name == "initial_value" ? "-2.5" : "7",
        }));
        changed.Check(faults);
        faults.ThrowIfAny();

        Assert.Equal(changed, SpecificationJson.Read(SpecificationJson.Write(new(Worlds.Empty(3, 3), changed))).Learner);
    }

    [Theory]
    [InlineData("behaviour")]
    [InlineData("behavior")]
    public void Behavior_is_read_in_either_spelling(string name) =>
        Assert.Equal(Behavior.Ucb, SpecificationJson.Read(
            $$$"""{"world":{"map":["SG"]},"learner":{"name":"q-learning","{{{name}}}":"ucb"},"seed":1,"episodes":null,"max_steps":null}""")
            .Learner.Behavior);

    [Fact]
    public void Error_is_one_short_line_whatever_stands_in_the_text()
    {
        string error = Assert.Single(Assert.Throws<InputException>(() => SpecificationJson.Read("n" + new string('\n', 10_000))).Errors);

        Assert.True(error.Length < 600 && !error.Contains('\n'), error);
    }

    [Fact]
    public void Great_seeds_travel_as_text() =>
        Assert.Contains("\"seed\":\"9007199254740993\"", SpecificationJson.Write(new(Worlds.Empty(2, 2), new QLearning(), (1UL << 53) + 1)),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("", "cannot be read")]
    [InlineData("[]", "cannot be read")]
    [InlineData("{}", "cannot be read")]
    [InlineData("""{"world":{"map":["SG"]},"learner":{"name":"magic","epsilon":7},"seed":1,"episodes":null,"max_steps":null}""",
        "Epsilon must be")]
    [InlineData("""{"world":{"map":["SG"]},"learner":{"name":"magic","Luck":7},"seed":1,"episodes":null,"max_steps":null}""", "snake_case")]
    [InlineData("""{"world":{"map":["SG"]},"learner":{"name":"q-learning","luck":1},"seed":1,"episodes":null,"max_steps":null}""",
        "no setting 'luck'")]
    [InlineData("""{"world":{"map":["SG"]},"learner":{"name":"q-learning","ties":"last"},"seed":1,"episodes":null,"max_steps":null}""",
        "one of random, first")]
    [InlineData("""{"world":{"map":["SG"]},"learner":{"name":"q-learning","epsilon":7},"seed":1,"episodes":null,"max_steps":null}""",
        "Epsilon must be")]
    [InlineData("""{"world":{"map":["SG"]},"learner":{"name":"q-learning"},"seed":-1,"episodes":null,"max_steps":null}""",
        "cannot be read")]
    [InlineData("""{"world":{"map":["?"]},"learner":{"name":"q-learning"},"seed":1,"episodes":null,"max_steps":null}""", "?")]
    public void Faults_are_named(string json, string words) =>
        Assert.Contains(words, Assert.Throws<InputException>(() => SpecificationJson.Read(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Deep_json_is_refused() => Assert.Throws<InputException>(() => SpecificationJson.Read(new string('[', 10_000)));
}
