namespace GridWorld.Tests;

public class HyperparameterTests
{
    public static TheoryData<string> Names => [.. Hyperparameter.All.Select(h => h.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Value_goes_where_its_name_says_and_nowhere_else(string name)
    {
        string property = string.Concat(name.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        var values = new Hyperparameters();

        Hyperparameter.All.Single(h => h.Name == name).Put(ref values, 0.25);

        Assert.All(typeof(Hyperparameters).GetProperties(), p => Assert.Equal(p.Name == property ? 0.25 : 0.0, p.GetValue(values)));
    }

    [Theory, MemberData(nameof(Names))]
    public void Schedule_and_constant_arrive_in_the_learner(string name)
    {
        var setting = Hyperparameter.All.Single(h => h.Name == name);
        var owner = LearnerCatalog.All.Select(e => e.Create()).First(o => setting.Get(o) is not null);
        var at = new ScheduleMoment(1, 2, 3, 4);

        foreach (var schedule in new[] { Schedule.Constant(0.5), Schedule.Linear(1, 0.5, 1), Schedule.Power(1, 1, ScheduleUnit.Episodes) })
        {
            Hyperparameters now = new ScheduledHyperparameters(setting.With(owner, schedule)).At(at), other = new ScheduledHyperparameters(owner).At(at);
            setting.Put(ref other, 0.5);
            Assert.Equal(other, now);
        }
    }
}
