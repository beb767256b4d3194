namespace GridWorld.Tests;

public class SweepTests
{
    // The file of the documentation, word for word.
    const string Documented = """
        { "name": "", "world": "cliff-walking", "learner": "q-learning", "episodes": 500, "seeds": 5, "first_seed": 1, "test_seeds": 10,
          "settings": {"discount_factor": 1},
          "space": {"epsilon": {"choice": [0.01, 0.1]}, "steps_ahead": {"integer": [1, 8], "when": {"learner": "n-step-sarsa"}}},
          "sampler": "grid", "trials": null, "pruner": "none", "objective": "mean_return_last_100", "max_steps": null }
        """;

    [Fact]
    public void What_is_left_out_has_its_default()
    {
        Assert.Equal(new Sweep(), Sweep.Parse("{}"));
        Assert.Equal(new Sweep
        {
            Settings = new([new("discount_factor", 1)]),
            Space = [SearchParameter.Choice("epsilon", 0.01, 0.1),
                SearchParameter.Integer("steps_ahead", 1, 8).When("learner", "n-step-sarsa")],
        }, Sweep.Parse(Documented));
        Assert.Equal(new SweepCount(1, 15, 15 * 500 * (long)Worlds.CliffWalking().StepLimit), new Sweep().Count());
    }

    [Fact]
    public void A_sweep_comes_back_from_its_json()
    {
        Sweep[] sweeps =
        [
            new(), Sweep.Parse(Documented), Sweep.Parse(Sweep.Template),
            new()
            {
                Name = "\"ä\"\n", Worlds = ["windy", "maze-9x9-3"], Learners = ["sarsa", "n-step-sarsa"], Episodes = 7, Seeds = 1,
                FirstSeed = ulong.MaxValue - 5, TestSeeds = 5, Trials = 30, BudgetSteps = 1L << 60, MaxSteps = 44,
                Sampler = SweepSampler.Tpe, Pruner = SweepPruner.Racing, Objective = "steps_to:-15.5",
                Settings = new([new("behaviour", "softmax"), new("initial_value", -0.1),
                    new("epsilon", SearchValue.FromJson("""{"schedule":"linear","from":1,"to":0.05,"over":100,"unit":"episodes"}"""))]),
                Space =
                [
                    SearchParameter.LogUniform("learning_rate", 1 / 3.0, 1), SearchParameter.Uniform("temperature", 0.1, 2)
                        .When("behaviour", "softmax").When("world", "windy", "maze-9x9-3"),
                    SearchParameter.Choice("discount_factor", 1, 0.9, SearchValue.FromJson("""{"schedule":"constant","value":0.5}""")),
                    SearchParameter.Integer("steps_ahead", 1, 8).When("learner", "n-step-sarsa").When("discount_factor", 1),
                ],
            },
        ];

        Assert.All(sweeps, sweep =>
        {
            var back = Sweep.Parse(sweep.ToJson());
            Assert.Equal(sweep, back);
            Assert.Equal(sweep.ToJson(), back.ToJson());
            Assert.Equal(sweep.Settings, back.Settings);
            Assert.Equal(sweep.Space, back.Space);
        });
        Assert.Equal(sweeps.Length, sweeps.Distinct().Count());
    }

    [Fact]
    public void World_files_are_relative_to_the_sweep_file()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "maps"));
        File.WriteAllText(Path.Combine(folder.Path, "maps", "my.txt"), "S.G");
        string file = Path.Combine(folder.Path, "a.sweep.json");
        File.WriteAllText(file, """{"world": "maps/my.txt", "episodes": 2, "max_steps": 10}""");

        var sweep = Sweep.Read(file);

        Assert.Equal(3, SweepPlan.Of(sweep).Groups.Single().Trial(0, new([])).Specification.World.States);
        Assert.Equal(new SweepCount(1, 15, 15 * 2 * 10), sweep.Count());
        File.WriteAllText(file, """{"world": "my.txt", "seeds": 0}""");
        Assert.All(Assert.Throws<InputException>(() => Sweep.Read(file)).Errors,
            error => Assert.StartsWith("a.sweep.json: ", error, StringComparison.Ordinal));
    }

    [Fact]
    public void Counts_cover_groups_pruning_and_budget()
    {
        var sweep = new Sweep
        {
            Learners = ["q-learning", "sarsa"], Worlds = ["windy", "cliff-walking"], Seeds = 2, TestSeeds = 3,
            Episodes = 27, MaxSteps = 100,
            Sampler = SweepSampler.Random, Trials = 27, Space = [SearchParameter.Uniform("learning_rate", 0.1, 1)],
        };

        Assert.Equal(new SweepCount(108, 228, 228 * 2700), sweep.Count());
        // 81 episodes in place of 27 · 27.
        Assert.Equal(new SweepCount(108, 228, 4 * 2 * 8100 + 12 * 2700), (sweep with { Pruner = SweepPruner.Halving }).Count());
        Assert.Equal(new SweepCount(108, 228, 1000 + 12 * 2700), (sweep with { BudgetSteps = 1000 }).Count());
        Assert.Equal(long.MaxValue, (sweep with { Episodes = 1L << 40, MaxSteps = int.MaxValue, Seeds = 1_000_000 }).Count().Steps);
        Assert.Equal(143, (sweep with { Learners = ["sarsa"], Worlds = ["windy"], Trials = null, Episodes = 81,
            Pruner = SweepPruner.Hyperband }).Count().Trials);
    }
}
