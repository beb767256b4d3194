namespace GridWorld.Tests;

public class SweepObjectivesTests
{
    [Theory]
    [InlineData("mean_return_last_100", true, null)]
    [InlineData("mean_return", true, null)]
    [InlineData("optimality_gap", false, null)]
    [InlineData("steps_to:-15.5", false, -15.5)]
    [InlineData("steps_to:1e-3", false, 0.001)]
    public void Names_have_a_direction_and_a_target(string name, bool higherIsBetter, double? target) =>
        Assert.Equal(new(name, higherIsBetter, target), SweepObjectives.Parse(name));

    [Fact]
    public void A_function_of_ones_own_is_an_objective_by_its_name()
    {
        const string Name = "length_of_the_last_episode";
        SweepObjectives.Register(Name, episodes => episodes[^1].Length, higherIsBetter: false, replace: true);

        var objective = SweepObjectives.Parse(Name);

        Assert.False(objective.HigherIsBetter);
        Assert.Equal(7, objective.Score!([new(1, -3, 7, true, false, 0.1, 0.1)]));
        Assert.Contains(Name, SweepObjectives.Names);
        Assert.Equal(Name, Sweep.Parse($$"""{"objective": "{{Name}}"}""").Objective);
        Assert.Contains("already", Assert.Throws<InputException>(() => SweepObjectives.Register(Name, _ => 0, true)).Message);
        Assert.Contains("built in", Assert.Throws<InputException>(() => SweepObjectives.Register("mean_return", _ => 0, true)).Message);
        Assert.Throws<InputException>(() => SweepObjectives.Register("steps_to:", _ => 0, true));
    }
}
