namespace GridWorld.Tests;

public class HyperparameterTests
{
    public static IEnumerable<TheoryDataRow<string, string>> All() =>
        LearnerCatalog.All.SelectMany(l => l.Create().Hyperparameters.Select(h => new TheoryDataRow<string, string>(l.Name, h.Name)));

    [Theory, MemberData(nameof(All))]
    public void Schedule_and_constant_arrive_under_their_name_and_nowhere_else(string learner, string name)
    {
        var options = LearnerCatalog.Create(learner);
        var before = new ScheduledHyperparameters(options).At(default);
        var at = new ScheduleMoment(1, 2, 3, 4);

        foreach (var schedule in new[] { Schedule.Constant(0.5), Schedule.Linear(1, 0.5, 1), Schedule.Power(1, 1, ScheduleUnit.Episodes) })
        {
            var now = new ScheduledHyperparameters(Hyperparameter.Find(name, options)!.With(options, schedule)).At(at);

            Assert.Equal(0.5, now[name]);
            Assert.Equal(before.Where(h => h.Key != name), now.Where(h => h.Key != name));
        }
    }

    [Fact]
    public void Names_that_are_properties_too_have_one_value()
    {
        var now = new ScheduledHyperparameters(new QLearning { LearningRate = 0.25, DiscountFactor = 0.5, Epsilon = 0.75 }).At(default);

        Assert.Equal((0.25, 0.5, 0.75), (now.LearningRate, now.DiscountFactor, now.Epsilon));
        Assert.Equal((0.25, 0.5, 0.75), (now["learning_rate"], now["discount_factor"], now["epsilon"]));
    }

    [Fact]
    public void Name_that_the_learner_does_not_declare_is_refused_with_those_it_does() => Assert.Equal(
        "There is no hyperparameter 'kappa'. Use one of learning_rate, discount_factor, epsilon, temperature, confidence.",
        Assert.Throws<InputException>(() => new ScheduledHyperparameters(new QLearning()).At(default)["kappa"]).Message);

    [Fact]
    public void Same_names_and_values_are_equal()
    {
        Hyperparameters One(double epsilon) => new ScheduledHyperparameters(new QLearning { Epsilon = epsilon }).At(default);

        Assert.True(One(0.5) == One(0.5) && One(0.5).GetHashCode() == One(0.5).GetHashCode());
        Assert.True(One(0.5) != One(0.25) && One(0.5) != default);
    }

    [Fact]
    public void Every_value_counts_for_equality_and_is_listed()
    {
        Hyperparameters all = new() { LearningRate = 0.5, DiscountFactor = 0.75, Epsilon = 0.25 };

        Assert.Equal([new("learning_rate", 0.5), new("discount_factor", 0.75), new("epsilon", 0.25)], all);
        Assert.All([all with { LearningRate = 1 }, all with { DiscountFactor = 1 }, all with { Epsilon = 1 }],
            other => Assert.True(other != all));
    }
}
