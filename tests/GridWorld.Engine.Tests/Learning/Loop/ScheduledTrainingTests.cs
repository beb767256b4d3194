namespace GridWorld.Tests;

/// <summary>Which value of a schedule is in force at which step.</summary>
public class ScheduledTrainingTests
{
    // One action: ε makes no difference to the way, only to which draws say "explore". Episode n is every state's n-th visit.
    [Theory]
    [InlineData("q-learning")]
    [InlineData("sarsa")]
    public void Epsilon_by_visits_of_the_state_is_that_of_the_state_it_is_drawn_in(string learner)
    {
        var options = LearnerCatalog.Create(learner) with { Epsilon = Schedule.Power(1, 2, ScheduleUnit.StateVisits) };
        var loop = Loops.Of(Loops.Chain(0, 0, 0, 0), options, seed: 5);
        var explored = Explored(loop, 40);

        Assert.All(explored[0], Assert.True);
        double expected = Enumerable.Range(2, 39).Sum(n => 4.0 / n / n); // four states, ¼, ⅑, … from then on
        Assert.InRange(explored.Skip(1).Sum(e => e.Count(x => x)), 0, expected + 4 * Math.Sqrt(expected));
    }

    [Theory]
    [InlineData("q-learning")]
    [InlineData("sarsa")]
    [InlineData("expected-sarsa")]
    public void Epsilon_by_steps_is_that_of_the_step(string learner)
    {
        // 1 before step 7 of the run, 0 from it on; episodes have 4 steps.
        var options = LearnerCatalog.Create(learner) with { Epsilon = Schedule.Piecewise([new(5, 1), new(6, 0)], ScheduleUnit.Steps) };
        var explored = Explored(Loops.Of(Loops.Chain(0, 0, 0, 0), options, seed: 5), 3);

        Assert.Equal([true, true, true, true, true, true, false, false, false, false, false, false], explored.SelectMany(e => e));
    }

    [Fact]
    public void Learning_rate_by_visits_makes_values_means()
    {
        var loop = Loops.Of(Loops.Walk(1, 0, 1), new QLearning { LearningRate = Schedule.Power() });

        var returns = loop.Run(500).Returns;

        Assert.Equal(returns.Average(), loop.Values[1], 1e-12);
    }

    // The start is visited several times in many an episode; only the first visit is learned, and only it may count.
    [Fact]
    public void First_visit_monte_carlo_averages_the_returns_of_first_visits()
    {
        var loop = Loops.Of(Loops.Walk(5, 0, 1), new MonteCarlo { LearningRate = Schedule.Power(), DiscountFactor = 1 });

        var returns = loop.Run(500).Returns;

        Assert.True(loop.VisitsOf(3, 0) > 700);
        Assert.Equal(returns.Average(), loop.Values[3], 1e-12);
    }

    [Fact]
    public void Episodes_say_epsilon_and_learning_rate_of_their_first_step()
    {
        var loop = Loops.Of(Loops.Chain(0, 0), new QLearning
        {
            LearningRate = Schedule.Power(),
            Epsilon = Schedule.Power(1, 1, ScheduleUnit.StateVisits),
        });

        var episodes = loop.Run(4);

        Assert.Equal([1, 1 / 2.0, 1 / 3.0, 1 / 4.0], episodes.LearningRates);
        Assert.Equal([1, 1 / 2.0, 1 / 3.0, 1 / 4.0], episodes.Epsilons);
    }

    [Fact]
    public void Discount_factor_by_steps_is_that_of_the_step()
    {
        var loop = Loops.Of(Loops.Chain(0, 0, 0),
            new QLearning
            {
                LearningRate = 1, DiscountFactor = Schedule.Piecewise([new(0, 0), new(1, 0.5), new(2, 1)], ScheduleUnit.Steps),
            })
            .With(1, 1, 8, 0);

        loop.Run(1);

        Assert.Equal([0, 4, 0, 0], loop.Values.Values.ToArray());
    }

    static List<bool[]> Explored(TrainingLoop loop, int episodes)
    {
        var all = new List<bool[]>();
        loop.Recorder = new(loop.Actions);
        for (int i = 0; i < episodes; i++)
        {
            loop.Run(1);
            all.Add([.. loop.Recorder.Steps.Select(s => s.Explored)]);
        }

        return all;
    }
}
