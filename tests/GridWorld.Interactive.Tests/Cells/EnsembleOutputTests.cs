namespace GridWorld.Tests;

/// <summary>Ensembles and sweeps in cells and as tables.</summary>
public sealed class EnsembleOutputTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Ensemble_shows_its_mean_with_its_interval_and_a_picture()
    {
        var ensemble = await TrainedAsync(new Sarsa(), seeds: 8);

        var output = EnsembleOutput.Of(ensemble);

        double[] scores = [.. ensemble.Seeds.Select(s => s.MeanReturnLast100!.Value).Order()];
        string middle = Numerals.Short(scores[2..6].Average());
        Assert.Contains($"Return: {middle} over the last 100 episodes (interquartile mean over seeds; 95 % interval ", output.Text);
        Assert.Contains("8 seeds of sarsa in cliff-walking, from seed 1", output.Text);
        Assert.Contains("data:image/png;base64,", output.Html);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], output.Png![..4]);
        Assert.DoesNotContain("still training", output.Html);
    }

    [Fact]
    public async Task Ensemble_of_one_seed_or_without_an_episode_is_shown_too()
    {
        var one = await TrainedAsync(new QLearning(), seeds: 1);
        var none = Ensemble.Start(one.Specification, 3, EnsembleOptions.InMemory with { StartPaused = true });

        Assert.Contains("completed: 120 episodes each", EnsembleOutput.Of(one).Text);
        Assert.Contains("paused: 0 episodes each", EnsembleOutput.Of(none).Text);
        Assert.Contains("still training", EnsembleOutput.Of(none).Html);
        none.Stop();
        await none;
    }

    [Fact]
    public async Task Live_view_lies_over_the_picture_once_it_is_the_last()
    {
        var ensemble = await TrainedAsync(new Sarsa(), seeds: 2);
        var link = new LiveLink($"http://127.0.0.1:1/#T/{WidgetServer.OfSweep(ensemble.Id)}", "instance");

        var (live, still) = (EnsembleOutput.Of(ensemble, link).Html, EnsembleOutput.Of(ensemble, link, live: false).Html);

        Assert.Contains($"href=\"http://127.0.0.1:1/#T/sweep={ensemble.Id}\"", still);
        Assert.DoesNotContain("<script>", still);
        Assert.Contains("<script>", live);
        Assert.InRange(live.IndexOf("-still\"", StringComparison.Ordinal), live.IndexOf("-live\"", StringComparison.Ordinal),
            live.IndexOf("<img", StringComparison.Ordinal));
        await using var server = WidgetServer.Start(ServerFixture.Options());
        Assert.EndsWith($"/sweep={ensemble.Id}", server.Url(WidgetServer.OfSweep(ensemble.Id)));
    }

    [Fact]
    public async Task Tables_have_a_row_per_seed_and_a_row_per_seed_and_stretch()
    {
        var ensemble = await TrainedAsync(new QLearning(), seeds: 3);

        var (results, curves) = (ensemble.Results(), ensemble.Curves());

        Assert.Equal(["1", "2", "3"], results["seed"].Cast<string>());
        Assert.Equal(ensemble.Seeds.Select(s => s.MeanReturnLast100), results["mean_return_last_100"].Cast<double?>());
        Assert.Equal(3 * 120, curves.Rows.Count);
        var run = Run.Start(ensemble.Specification with { Seed = 2 }, RunOptions.InMemory);
        await run;
        Assert.Equal(run.EpisodeRecords().Select(e => e.Return),
            Enumerable.Range(120, 120).Select(row => (double)curves["mean_return"][row]));
    }

    [Fact]
    public async Task Mean_curve_is_the_mean_over_seeds_inside_its_band()
    {
        var ensemble = await TrainedAsync(new Sarsa(), seeds: 6);

        var curve = ensemble.Curve(points: 30);

        Assert.Equal(30, curve.Count);
        foreach (var point in curve)
        {
            double mean = ensemble.Seeds.Average(s => ensemble.SeedCurve(s.Seed)
                .Where(p => p.Start >= point.Start && p.End <= point.End).Average(p => p.MeanReturn));
            Assert.Equal(mean, point.Mean, precision: 9);
            Assert.InRange(point.Mean, point.Low, point.High);
        }
    }

    [Fact]
    public async Task Comparison_is_a_sentence()
    {
        var (sarsa, qLearning) = (await TrainedAsync(new Sarsa { LearningRate = 0.5 }, 12),
            await TrainedAsync(new QLearning { LearningRate = 0.5 }, 12));

        var comparison = sarsa.Compare(qLearning);

        double difference = sarsa.Seeds.Zip(qLearning.Seeds, (a, b) => a.MeanReturnLast100!.Value - b.MeanReturnLast100!.Value).Average();
        Assert.Equal(difference, comparison.Difference, precision: 9);
        Assert.True(comparison.IsPaired);
        Assert.Contains("sarsa is better by", FactOutput.Of(comparison).Text);
        Assert.Contains("12 seeds", FactOutput.Of(comparison).Html);
    }

    [Fact]
    public async Task Sweep_shows_the_best_settings_and_its_tables_have_a_column_per_setting()
    {
        var sweep = new Sweep
        {
            Name = "<b>tune", Learners = ["q-learning", "n-step-sarsa"], Episodes = 30, Seeds = 2, TestSeeds = 2,
            Space = [SearchParameter.Choice("learning_rate", 0.1, 0.5), SearchParameter.Integer("steps_ahead", 2, 3)
                .When("learner", "n-step-sarsa")],
        }.Start(new() { Store = folder.Path });
        await sweep;

        var output = SweepOutput.Of(sweep);

        Assert.Contains("completed, 6 of 6 trials", output.Text);
        Assert.Contains("best n-step-sarsa in cliff-walking: learning_rate ", output.Text);
        Assert.DoesNotContain("<b>tune", output.Html);
        var trials = sweep.Trials();
        Assert.Equal(8, trials.Rows.Count);
        Assert.Equal([null, null, 2.0, 3.0, 2.0, 3.0], trials["steps_ahead"].Cast<double?>().Take(6));
        Assert.Equal(sweep.BestTrials().Select(b => b.TestObjective), sweep.Best()["test_objective"].Cast<double?>());
        Assert.Equal(["learning_rate", "steps_ahead"], sweep.Importance(learner: "n-step-sarsa")["setting"].Cast<string>().Order());
        Assert.Contains("world", Assert.Throws<InputException>(() => sweep.Importance()).Message);
    }

    static async Task<Ensemble> TrainedAsync(LearnerOptions learner, int seeds)
    {
        var ensemble = Ensemble.Start(new(Worlds.CliffWalking(), learner, Episodes: 120), seeds, EnsembleOptions.InMemory);
        await ensemble;
        return ensemble;
    }
}
