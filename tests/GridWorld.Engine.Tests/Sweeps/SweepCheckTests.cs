namespace GridWorld.Tests;

public class SweepCheckTests
{
    static IReadOnlyList<string> Errors(string json) => Assert.Throws<InputException>(() => Sweep.Parse(json)).Errors;

    // A sweep that is wrong in one place, and the beginning of the only error.
    [Theory]
    [InlineData("""{"seds": 1}""", "seds is not a known property. Did you mean seeds?")]
    [InlineData("""[1]""", "The sweep must be an object (got a list).")]
    [InlineData("""{"a" """, "The sweep is not JSON: ")]
    [InlineData("""{"seeds": 1, "seeds": 2}""", "seeds occurs twice.")]
    [InlineData("""{"name": 1}""", "name must be text of at most 200 characters (got 1).")]
    [InlineData("""{"world": "clif-walking"}""", "world: There is no world 'clif-walking'. Did you mean cliff-walking?")]
    [InlineData("""{"worlds": ["windy", "none.txt"]}""", "worlds[1]: There is no file 'none.txt'.")]
    [InlineData("""{"worlds": ["windy", "windy"]}""", "worlds[1] repeats 'windy'.")]
    [InlineData("""{"worlds": ["windy", 1]}""", "worlds[1] must be text")]
    [InlineData("""{"worlds": []}""", "worlds must contain at least one name.")]
    [InlineData("""{"worlds": "windy"}""", "worlds must be a list of names (got \"windy\").")]
    [InlineData("""{"world": "windy", "worlds": ["windy"]}""", "world and worlds exclude each other.")]
    [InlineData("""{"learner": "sarsaa"}""", "learner: There is no learner 'sarsaa'. Did you mean sarsa?")]
    [InlineData("""{"learners": ["sarsa", "td"]}""", "learners[1]: There is no learner 'td'.")]
    [InlineData("""{"episodes": 0}""", "episodes must be a whole number between 1 and 1099511627776 (got 0).")]
    [InlineData("""{"episodes": 1.5}""", "episodes must be a whole number")]
    [InlineData("""{"seeds": null}""", "seeds must be a whole number between 1 and 1000000 (got null).")]
    [InlineData("""{"first_seed": -1}""", "first_seed must be a whole number between 0 and 18446744073709551615 (got -1).")]
    [InlineData("""{"first_seed": "18446744073709551613"}""", "first_seed: 5 seeds from 18446744073709551613 on go beyond")]
    [InlineData("""{"first_seed": "18446744073709551602"}""", "test_seeds: the 10 seeds up to 18446744073709551615 meet")]
    [InlineData("""{"test_seeds": -1}""", "test_seeds must be a whole number between 0 and 1000000 (got -1).")]
    [InlineData("""{"settings": []}""", "settings must be an object (got a list).")]
    [InlineData("""{"settings": {"epsilon": null}}""",
        "settings.epsilon must be a number, a string, true, false or a schedule (got null).")]
    [InlineData("""{"settings": {"lerning_rate": 1}}""",
        "settings.lerning_rate is not an option of a learner or a run. Did you mean learning_rate?")]
    [InlineData("""{"settings": {"learning_rate": 5}}""", "settings.learning_rate: Learning rate must be between 0.001 and 1.0 (got 5).")]
    [InlineData("""{"settings": {"learning_rate": {"schedule": "line"}}}""", "settings.learning_rate: There is no schedule 'line'.")]
    [InlineData("""{"settings": {"steps_ahead": 3}}""", "settings.steps_ahead is not an option of q-learning.")]
    [InlineData("""{"settings": {"moves": "five"}}""", "settings.moves: 'five' is not a move set.")]
    [InlineData("""{"settings": {"slippery": 1}}""", "settings.slippery: slippery must be true or false (got 1).")]
    [InlineData("""{"world": "windy", "settings": {"slippery": true}}""", "world: 'slippery' applies only to")]
    [InlineData("""{"settings": {"max_steps": 9}, "max_steps": 8}""", "max_steps is set twice")]
    [InlineData("""{"settings": {"epsilon": 0.1}, "space": {"epsilon": {"choice": [0.2]}}}""", "space.epsilon is also a fixed value.")]
    [InlineData("""{"space": {"epsilon": 0.1}}""", "space.epsilon must be an object (got 0.1).")]
    [InlineData("""{"space": {"epsilon": {}}}""",
        "space.epsilon must contain exactly one of choice, uniform, log_uniform, integer (got 0).")]
    [InlineData("""{"space": {"epsilon": {"choice": [0], "integer": [0, 1]}}}""", "space.epsilon must contain exactly one of")]
    [InlineData("""{"space": {"epsilon": {"choice": [0], "wen": {}}}}""", "space.epsilon.wen is not a known property.")]
    [InlineData("""{"space": {"epsilon": {"choice": []}}}""", "space.epsilon.choice must contain at least one value.")]
    [InlineData("""{"space": {"epsilon": {"choice": 1}}}""", "space.epsilon.choice must be a list of values (got 1).")]
    [InlineData("""{"space": {"epsilon": {"choice": [0, 0]}}}""", "space.epsilon.choice[1] repeats a value (got 0).")]
    [InlineData("""{"space": {"epsilon": {"choice": [0, [1]]}}}""", "space.epsilon.choice[1] must be a number, a string")]
    [InlineData("""{"space": {"epsilon": {"choice": [0, 2]}}}""", "space.epsilon.choice[1]: Epsilon must be between 0 and 1 (got 2).")]
    [InlineData("""{"space": {"epsilon": {"choice": [0, "a"]}}}""", "space.epsilon.choice[1]: '\"a\"' is not a schedule.")]
    [InlineData("""{"space": {"epsilon": {"integer": [1]}}}""", "space.epsilon.integer must be a list of two numbers (got a list).")]
    [InlineData("""{"space": {"epsilon": {"integer": [0, "1"]}}}""", "space.epsilon.integer[1] must be a number (got \"1\").")]
    [InlineData("""{"space": {"epsilon": {"integer": [0.5, 1]}}}""", "space.epsilon.integer[0] must be a whole number (got 0.5).")]
    [InlineData("""{"space": {"epsilon": {"integer": [1, 0]}}}""",
        "space.epsilon.integer[1] must be at least space.epsilon.integer[0] (got 1 and 0).")]
    [InlineData("""{"sampler": "random", "trials": 1, "space": {"learning_rate": {"log_uniform": [0, 1]}}}""",
        "space.learning_rate.log_uniform[0] must be above 0")]
    [InlineData("""{"sampler": "random", "trials": 1, "space": {"learning_rate": {"log_uniform": [0.1, 2]}}}""",
        "space.learning_rate.log_uniform[1]: Learning rate must be between 0.001 and 1.0 (got 2).")]
    [InlineData("""{"learner": "n-step-sarsa", "sampler": "random", "trials": 1, "space": {"steps_ahead": {"uniform": [1, 8]}}}""",
        "space.steps_ahead.uniform: Steps ahead must be a whole number between 1 and 1000")]
    [InlineData("""{"space": {"learning_rate": {"log_uniform": [0.1, 1]}}}""", "space.learning_rate.log_uniform is continuous")]
    [InlineData("""{"space": {"steps_ahead": {"choice": [1]}}}""", "space.steps_ahead is not an option of q-learning.")]
    [InlineData("""
        {"learners": ["q-learning", "n-step-sarsa"], "space": {"steps_ahead": {"choice": [1], "when": {"learner": "q-learning"}}}}
        """, "space.steps_ahead is not an option of q-learning.")]
    [InlineData("""{"space": {"stepsahead": {"choice": [1]}}}""",
        "space.stepsahead is not an option of a learner or a run. Did you mean steps_ahead?")]
    [InlineData("""{"space": {"epsilon": {"choice": [1], "when": {"learner": "sarsaa"}}}}""",
        "space.epsilon.when.learner: There is no learner 'sarsaa'.")]
    [InlineData("""{"space": {"epsilon": {"choice": [1], "when": {"world": "windy"}}}}""",
        "space.epsilon.when.world: 'windy' is not a world")]
    [InlineData("""{"space": {"epsilon": {"choice": [1], "when": {"learningrate": 1}}}}""",
        "space.epsilon.when.learningrate is neither varied nor fixed.")]
    [InlineData("""{"space": {"epsilon": {"choice": [1], "when": {"ties": []}}, "ties": {"choice": ["first"]}}}""",
        "space.epsilon.when.ties must contain at least one value.")]
    [InlineData("""{"space": {"epsilon": {"choice": [1], "when": {"learning_rate": 2}}, "learning_rate": {"choice": [1]}}}""",
        "space.epsilon.when.learning_rate: learning_rate is never 2.")]
    [InlineData("""{"space": {"epsilon": {"choice": [1], "when": 1}}}""", "space.epsilon.when must be an object (got 1).")]
    [InlineData("""
        {"space": {"epsilon": {"choice": [1], "when": {"ties": "first"}}, "ties": {"choice": ["first"], "when": {"epsilon": 1}}}}
        """,
        "The conditions of epsilon, ties refer to each other in a circle.")]
    [InlineData("""{"space": {"max_steps": {"integer": [1, 1000000]}}}""", "space: The grid has more than 100000 points.")]
    [InlineData("""{"world": "windy", "space": {"slippery": {"choice": [true]}}}""", "world: 'slippery' applies only to")]
    [InlineData("""{"sampler": "gird"}""", "sampler must be one of grid, random, sobol, tpe (got 'gird').")]
    [InlineData("""{"sampler": "random", "trials": 4}""", "space is empty. The sampler random needs options to vary.")]
    [InlineData("""{"sampler": "random", "space": {"epsilon": {"uniform": [0, 1]}}}""", "trials is missing. The sampler random needs")]
    [InlineData("""{"trials": 4}""", "trials must be null for a grid, which has one trial per point (got 4).")]
    [InlineData("""{"sampler": "random", "trials": 0, "space": {"epsilon": {"uniform": [0, 1]}}}""",
        "trials must be a whole number between 1 and")]
    [InlineData("""{"pruner": "asha"}""", "pruner must be one of none, halving, hyperband, racing (got 'asha').")]
    [InlineData("""{"objective": "mean_retrun"}""", "objective: There is no objective 'mean_retrun'. Did you mean mean_return?")]
    [InlineData("""{"objective": "steps_to:"}""",
        "objective: steps_to: must be followed by a return, such as steps_to:-15 (got steps_to:).")]
    [InlineData("""{"objective": "steps_to:fast"}""", "objective: steps_to: must be followed by a return")]
    [InlineData("""{"budget_steps": 0}""", "budget_steps must be a whole number above 0 (got 0).")]
    [InlineData("""{"max_steps": 0}""", "max_steps must be a whole number between 1 and 2147483647 (got 0).")]
    [InlineData("""{"name": "\ud800"}""", "A text of the sweep contains a lone surrogate")]
    public void An_error_is_named_with_its_place(string json, string error) =>
        Assert.StartsWith(error, Assert.Single(Errors(json)), StringComparison.Ordinal);

    [Fact]
    public void All_errors_are_named_at_once()
    {
        var errors = Errors("""
            { "world": "nowhere", "learners": ["sarsa", "q"], "episodes": 0, "settings": {"epsilon": 2, "kapa": 1},
              "space": {"epsilon": {"choice": [0.1]}, "learning_rate": {"log_uniform": [0, 5]}, "discount_factor": {"uniform": [1, 0]}},
              "sampler": "tpe", "pruner": "no", "objective": "steps_to", "budget_steps": 0 }
            """);

        Assert.Equal(["budget_steps", "discount_factor.uniform[1]", "episodes", "epsilon", "epsilon", "kapa", "learners[1]",
            "log_uniform[0]", "objective", "pruner", "world"], errors.Select(Place).Order(StringComparer.Ordinal));

        static string Place(string error) => error.Split(' ')[0].TrimEnd(':').Replace("settings.", "", StringComparison.Ordinal)
            .Replace("space.learning_rate.", "", StringComparison.Ordinal).Replace("space.", "", StringComparison.Ordinal);
    }

    // Each of many texts with a few changed characters is read, or refused with an InputException.
    [Fact]
    public void A_damaged_file_is_refused_and_nothing_else_happens()
    {
        const string Characters = "{}[]\",:0-9.eE+ natruefls\\\ud800\0";
        const string Whole = """
            {"name":"a","worlds":["windy","empty-3x3"],"learners":["sarsa","n-step-sarsa"],"episodes":5,"seeds":2,"first_seed":"7",
            "settings":{"discount_factor":1,"epsilon":{"schedule":"linear","from":1,"to":0,"over":10}},"space":{"learning_rate":
            {"log_uniform":[0.01,1]},"steps_ahead":{"integer":[1,8],"when":{"learner":"n-step-sarsa"}},"max_steps":{"choice":[5,"9"]}},
            "sampler":"tpe","trials":30,"pruner":"racing","objective":"steps_to:-15","budget_steps":1000}
            """;
        var random = new Rng(1, 2, 3, 4);
        int refused = 0;
        for (int round = 0; round < 2000; round++)
        {
            char[] text = Whole.Replace("\"9\"", "9", StringComparison.Ordinal).ToCharArray();
            for (int change = random.Below(4); change >= 0; change--)
                text[random.Below(text.Length)] = Characters[random.Below(Characters.Length)];
            try
            {
                Assert.NotNull(Sweep.Parse(new(text)).ToJson());
            }
            catch (InputException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1000, 1999);
    }

    [Fact]
    public void A_record_is_checked_as_its_file_is()
    {
        var sweep = new Sweep { Episodes = 0, Seeds = 0, TestSeeds = -1, Trials = 0, BudgetSteps = 0, MaxSteps = 0,
            Name = new('a', 201), Sampler = (SweepSampler)9, Pruner = (SweepPruner)9 };

        Assert.Equal(9, Assert.Throws<InputException>(sweep.Check).Errors.Count(e => !e.StartsWith("space", StringComparison.Ordinal)));
    }

    [Fact]
    public void Options_that_only_some_learners_have_are_fine() => new Sweep
    {
        Learners = ["q-learning", "n-step-sarsa"], Settings = new([new("steps_ahead", 2)]),
        Space = [SearchParameter.Choice("epsilon", 0.1)],
    }.Check();
}
