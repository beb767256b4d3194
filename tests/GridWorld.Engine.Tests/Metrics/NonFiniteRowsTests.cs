namespace GridWorld.Tests;

/// <summary>One episode without a finite number spoils no other.</summary>
public class NonFiniteRowsTests
{
    [Fact]
    public void A_summary_is_of_the_finite_numbers_and_counts_only_those()
    {
        var summary = Summary.Of([1, double.NaN, 3, double.PositiveInfinity]);

        Assert.Equal(new Summary(1, 3, 2, 2, 2), summary);
        Assert.Equal(new MetricBucket(1, 4, 1, 3, 2, 1, 2), summary.Over(1, 4));
        Assert.Equal(new Summary(1, 5, 3, 8, 3), summary.With(Summary.Of([5, double.NegativeInfinity])));
    }

    [Fact]
    public void Where_no_number_is_finite_there_is_none_to_show()
    {
        var bucket = Summary.Of([double.NaN]).Over(7, 7);

        Assert.Equal(new MetricBucket(7, 7, double.NaN, double.NaN, double.NaN, double.NaN, 0), bucket);
    }

    [Fact]
    public void The_mean_of_the_last_hundred_leaves_out_what_has_none()
    {
        var history = new EpisodeHistory();
        var rows = new EpisodeBuffer(200);
        for (int i = 0; i < 200; i++)
            rows.Put(i, i == 199 ? double.NegativeInfinity : -13, 13, true, 0, 0);
        rows.Count = 200;

        history.Add(rows, 0, 200);

        Assert.Equal(-13, history.MeanReturn(100));
        Assert.Equal([(64, -13.0), (64, -13.0), (64, -13.0), (7, -13.0)], history.Returns(1, 200, 4).Select(b => ((int)b.Count, b.Mean)));
    }

    [Fact]
    public async Task The_return_of_an_episode_whose_values_diverge_is_the_sum_of_its_rewards()
    {
        var learner = new SarsaLambda { Traces = Traces.Accumulating, TraceDecay = 1, LearningRate = 1 };
        var run = Worlds.Windy().Train(learner, episodes: 500, options: RunOptions.InMemory with { SampleEveryEpisode = true });
        await run.Completion.ContinueWith(_ => { }, TestContext.Current.CancellationToken, TaskContinuationOptions.None,
            TaskScheduler.Default);
        var episodes = run.EpisodeRecords().ToList();

        Assert.Equal(RunState.Failed, run.State);
        Assert.All(episodes, e => Assert.Equal(-e.Length, e.Return));
        Assert.Equal(episodes.TakeLast(100).Average(e => e.Return), run.Status().MeanReturnLast100!.Value, 1e-9);
    }

    [Fact]
    public async Task Rewards_that_add_up_to_more_than_a_number_holds_are_named_as_the_fault()
    {
        var world = new World(["S.G"], new WorldRules { StepReward = -1.5e308 });
        var run = world.Train(new QLearning { DiscountFactor = 1, LearningRate = 1 }, episodes: 50, options: RunOptions.InMemory);
        await run.Completion.ContinueWith(_ => { }, TestContext.Current.CancellationToken, TaskContinuationOptions.None,
            TaskScheduler.Default);

        Assert.StartsWith("The sum of the rewards of episode 1 exceeds the largest number", run.Status().Message);
    }
}
