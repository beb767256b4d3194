namespace GridWorld.Tests;

public class SweepPlanTests
{
    static IEnumerable<SweepTrial> Trials(Sweep sweep) => SweepPlan.Of(sweep).Groups
        .SelectMany(group => Enumerable.Range(0, group.Trials).Select(t => group.Trial(t, group.Sampler.Propose(t, []))));

    static readonly Sweep Grid = new()
    {
        Worlds = ["cliff-walking", "windy"], Learners = ["sarsa", "n-step-sarsa"], Episodes = 9, FirstSeed = 4,
        Settings = new([new("discount_factor", 1), new("steps_ahead", 3)]),
        Space = [SearchParameter.Choice("learning_rate", 0.5, 0.1),
            SearchParameter.Choice("slippery", true).When("world", "cliff-walking")],
    };

    [Fact]
    public void Groups_follow_each_other_by_world_then_learner()
    {
        Assert.Equal(
        [
            "0 cliff-walking sarsa: discount_factor 1, learning_rate 0.5, slippery true",
            "1 cliff-walking sarsa: discount_factor 1, learning_rate 0.1, slippery true",
            "2 cliff-walking n-step-sarsa: discount_factor 1, steps_ahead 3, learning_rate 0.5, slippery true",
            "3 cliff-walking n-step-sarsa: discount_factor 1, steps_ahead 3, learning_rate 0.1, slippery true",
            "4 windy sarsa: discount_factor 1, learning_rate 0.5",
            "5 windy sarsa: discount_factor 1, learning_rate 0.1",
            "6 windy n-step-sarsa: discount_factor 1, steps_ahead 3, learning_rate 0.5",
            "7 windy n-step-sarsa: discount_factor 1, steps_ahead 3, learning_rate 0.1",
        ], Trials(Grid).Select(t => $"{t.Number} {t.World} {t.Learner}: {t.Settings}"));
    }

    [Fact]
    public void A_trial_is_the_run_that_its_settings_describe()
    {
        var trial = Trials(Grid).ElementAt(3);

        Assert.Equal(new(Worlds.CliffWalking(true), new NStepSarsa { LearningRate = 0.1, DiscountFactor = 1, StepsAhead = 3 }, 4, 9),
            trial.Specification);
        Assert.Equal("learning_rate 0.1, slippery true", trial.Point.ToString());
    }

    [Fact]
    public void The_step_limit_and_schedules_can_be_varied()
    {
        const string Schedule = """{"schedule":"linear","from":1,"to":0.1,"over":50,"unit":"episodes"}""";
        var trials = Trials(new() { Space = [SearchParameter.Integer("max_steps", 50, 51),
            SearchParameter.Choice("epsilon", 0.2, SearchValue.FromJson(Schedule))] }).ToList();

        Assert.Equal([50, 50, 51, 51], trials.Select(t => t.Specification.StepLimit));
        Assert.Equal([0.2, GridWorld.Schedule.FromJson(Schedule), 0.2, GridWorld.Schedule.FromJson(Schedule)],
            trials.Select(t => t.Specification.Learner.Epsilon));
    }

    [Fact]
    public void The_hash_is_that_of_what_is_trained()
    {
        string Hash(Sweep sweep) => Trials(sweep).First().Hash;
        Sweep one = new() { Space = [SearchParameter.Choice("learning_rate", 0.5)] };
        int limit = Worlds.CliffWalking().StepLimit;

        Assert.Matches("^[0-9a-f]{64}$", Hash(one));
        Assert.All((Sweep[])[one with { FirstSeed = 9, Name = "x" }, one with { Settings = new([new("epsilon", 0.1)]) },
            one with { Settings = one.Settings, Space = [], Learners = ["q-learning"], MaxSteps = limit } with
            { Settings = new([new("learning_rate", 0.5)]) }], other => Assert.Equal(Hash(one), Hash(other)));
        Assert.All((Sweep[])[one with { Episodes = 501 }, one with { MaxSteps = 7 }, one with { Learners = ["sarsa"] },
            one with { Worlds = ["windy"] }, one with { Settings = new([new("epsilon", 0.2)]) }],
            other => Assert.NotEqual(Hash(one), Hash(other)));
    }

    [Fact]
    public void A_group_makes_the_same_proposals_beside_any_other_group()
    {
        var both = SweepPlan.Of(new() { Worlds = ["windy", "cliff-walking"], Learners = ["sarsa", "q-learning"], Trials = 5,
            Sampler = SweepSampler.Random, Space = [SearchParameter.Uniform("learning_rate", 0.1, 1)] });
        var alone = SweepPlan.Of(both.Sweep with { Worlds = ["cliff-walking"], Learners = ["q-learning"] });

        var last = both.Groups[^1];

        Assert.Equal((15, 5), (last.FirstTrial, last.Trials));
        Assert.Equal(4, both.Groups.Select(g => g.Seed).Distinct().Count());
        Assert.Equal(alone.Groups[0].Sampler.Propose(3, []), last.Sampler.Propose(3, []));
        Assert.NotEqual(alone.Groups[0].Seed, SweepPlan.Of(alone.Sweep with { FirstSeed = 2 }).Groups[0].Seed);
    }

    [Fact]
    public void A_varied_scenario_opens_each_problem_of_a_map()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "a.map"), "type octile\nheight 1\nwidth 3\nmap\n...\n");
        File.WriteAllText(Path.Combine(folder.Path, "a.map.scen"),
            "version 1\n0\ta.map\t3\t1\t0\t0\t2\t0\t2\n0\ta.map\t3\t1\t2\t0\t1\t0\t1\n");
        Sweep sweep = new() { Worlds = ["a.map"], Folder = folder.Path, Space = [SearchParameter.Integer("scenario", 0, 1)] };

        Assert.Equal([(0, 2), (2, 1)], Trials(sweep).Select(t => t.Specification.World.ToString())
            .Select(m => (m.IndexOf('S'), m.IndexOf('G'))));
        Assert.StartsWith("space.scenario.integer[1]: ", Assert.Throws<InputException>((sweep with
        {
            Space = [SearchParameter.Integer("scenario", 0, 2)],
        }).Check).Errors[0], StringComparison.Ordinal);
    }
}
