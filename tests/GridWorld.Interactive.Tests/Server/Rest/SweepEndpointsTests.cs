using System.Text.Json.Nodes;

namespace GridWorld.Tests;

/// <summary>Sweeps and ensembles over HTTP: the lists, the trials in the server's order, seeds as runs, and steering.</summary>
public sealed class SweepEndpointsTests : IAsyncDisposable
{
    readonly StoreServer server = new();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Sweep_is_sent_as_the_command_line_prints_it()
    {
        var sweep = await TrainedAsync();

        var (_, list) = await server.SendAsync("GET", "/api/sweeps");
        var (_, whole) = await server.SendAsync("GET", $"/api/sweep/{sweep.Id}");

        Assert.Equal((sweep.Id, "sweep", "completed", 8, 8), ((string)list[0]!["sweep_id"]!, (string)list[0]!["kind"]!,
            (string)list[0]!["state"]!, (int)list[0]!["trials"]!, (int)list[0]!["ended"]!));
        Assert.Equal((sweep.Id, sweep.Hash()), ((string)whole["sweep_id"]!, (string)whole["hash"]!));
        Assert.Equal(sweep.TrialResults().Where(t => !t.IsTest).Select(t => t.Objective),
            whole["trials"]!.AsArray().Select(t => (double?)t!["objective"]));
        Assert.Equal(2, whole["best"]!.AsArray().Count);
        Assert.Equal(2, whole["best"]![0]!["interval"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("sort=-objective&count=3", 10)]
    [InlineData("filter=learner+=+sarsa", 5)]
    [InlineData("filter=learning+rate+<=+0.1+purpose+!=+test", 4)]
    [InlineData("filter=\"q-learning\"+epsilon+<+0.05&sort=trial", 3)]
    [InlineData("start=8", 10)]
    [InlineData("filter=epsilon+>+7", 0)]
    public async Task Trials_are_sorted_filtered_and_cut_by_the_server(string query, int total)
    {
        var sweep = await TrainedAsync();

        var (status, part) = await server.SendAsync("GET", $"/api/sweep/{sweep.Id}/trials?{Encoded(query)}");

        var trials = part["trials"]!.AsArray();
        Assert.Equal((200, 10, total), (status, (int)part["all"]!, (int)part["total"]!));
        Assert.Equal(query.Contains("count=3") ? 3 : query.Contains("start=8") ? 2 : total, trials.Count);
        if (query.StartsWith("sort"))
            Assert.Equal(sweep.TrialResults().Select(t => t.Objective).OrderDescending().Take(3),
                trials.Select(t => (double?)t!["objective"]));
    }

    [Theory]
    [InlineData("trials?sort=hue", "same_as, error, or one of them after a minus sign (got hue).")]
    [InlineData("trials?filter=hue+<+1", "There is no column 'hue'. Use one of trial,")]
    [InlineData("trials?filter=epsilon+<+small", "'small' is not a number, so epsilon < small cannot be decided.")]
    [InlineData("trials?filter=epsilon+<", "A value is missing after 'epsilon <'.")]
    [InlineData("trials?filter=<+2", "Nothing stands before '<'.")]
    [InlineData("trials?filter=\"sarsa", "A quotation mark is not closed.")]
    [InlineData("trials?count=5000", "count must be a whole number between 1 and 1000 (got 5000).")]
    [InlineData("plot?filter=epsilon+<", "A value is missing after 'epsilon <'.")]
    [InlineData("seeds", "trial is required: the number of the trial.")]
    [InlineData("seeds?trial=99", "has no trial 99.")]
    [InlineData("importance", "The importance of settings is that in one world for one learner.")]
    [InlineData("curve", "A sweep has no curve.")]
    public async Task Bad_input_is_refused_in_clear_words(string query, string error)
    {
        var sweep = await TrainedAsync();

        var (status, problem) = await server.SendAsync("GET", $"/api/sweep/{sweep.Id}/{Encoded(query)}");

        Assert.Equal(400, status);
        Assert.Contains(error, (string)problem["errors"]![0]!);
    }

    [Fact]
    public async Task Seed_of_a_trial_opens_as_a_run_with_every_episode()
    {
        var sweep = await TrainedAsync();
        var (_, seeds) = await server.SendAsync("GET", $"/api/sweep/{sweep.Id}/seeds?trial=3&sort=-seed");
        var id = (string)seeds["seeds"]![0]!["run_id"]!;

        Assert.Equal($"{sweep.Id}/3/2", id);
        await ((Run)server.Runs.Find(id).View).Completion.WaitAsync(RawHttp.Patience, TestContext.Current.CancellationToken);
        var (_, status) = await server.SendAsync("GET", $"/api/training-session/{Uri.EscapeDataString(id)}/status");
        Assert.Equal((id, 20), ((string)status["run_id"]!, (int)status["episodes"]!));
        Assert.Equal((double)seeds["seeds"]![0]!["mean_return"]!, (double)status["mean_return_last_100"]!);
        var (_, extremes) = await server.SendAsync("GET", $"/api/extremes?session={id}");
        Assert.InRange((long)extremes["best"]![0]!, 1, 20);
        Assert.Equal(404, (await server.SendAsync("GET", "/api/training-session/nothing%2F1/status")).Status);
        Assert.Equal(400, (await server.SendAsync("GET", $"/api/training-session/{sweep.Id}%2F3%2F99/status")).Status);
    }

    [Fact]
    public async Task Charts_have_a_column_per_axis_and_know_what_the_filter_leaves_out()
    {
        var sweep = await TrainedAsync();

        var (_, plot) = await server.SendAsync("GET", $"/api/sweep/{sweep.Id}/plot?filter={Uri.EscapeDataString("learner = sarsa")}");
        var (_, shares) = await server.SendAsync("GET", $"/api/sweep/{sweep.Id}/importance?learner=sarsa");

        Assert.Equal(["learner", "learning_rate", "epsilon", "mean_return_last_100"],
            plot["axes"]!.AsArray().Select(a => (string)a!["name"]!));
        Assert.Equal([false, true, true, false], plot["axes"]!.AsArray().Select(a => (bool)a!["is_logarithmic"]!));
        Assert.Equal(["q-learning", "sarsa"], plot["axes"]![0]!["words"]!.AsArray().Select(w => (string)w!));
        Assert.Equal([0, 1, 2, 3], plot["out"]!.AsArray().Select(k => (int)k!));
        Assert.All(plot["columns"]!.AsArray(), column => Assert.Equal(8, column!.AsArray().Count));
        Assert.Equal(["epsilon", "learning_rate"], shares["shares"]!.AsArray().Select(s => (string)s!["name"]!).Order());
    }

    [Fact]
    public async Task Ensemble_has_its_curve_its_seeds_and_its_mean()
    {
        var ensemble = Ensemble.Start(new(Worlds.CliffWalking(), new Sarsa(), Episodes: 60), 6, new() { Store = server.Store });
        await ensemble;

        var (_, status) = await server.SendAsync("GET", $"/api/sweep/{ensemble.Id}/status");
        var (_, curve) = await server.SendAsync("GET", $"/api/sweep/{ensemble.Id}/curve?points=10&lines=3");
        var (_, seeds) = await server.SendAsync("GET", $"/api/sweep/{ensemble.Id}/seeds?sort=-return&count=2");
        var (_, whole) = await server.SendAsync("GET", $"/api/sweep/{ensemble.Id}");

        Assert.Equal((6, 60), ((int)status["ensemble"]!["seeds"]!, (int)status["ensemble"]!["episodes"]!));
        Assert.Equal((double)whole["iqm"]!, (double)status["ensemble"]!["mean_return"]!);
        Assert.Equal(ensemble.Curve(10).Select(p => p.Low), curve["low"]!.AsArray().Select(v => (double)v!));
        Assert.Equal(["1", "3", "5"], curve["lines"]!.AsArray().Select(l => (string)l!["seed"]!));
        Assert.Equal(ensemble.Seeds.Select(s => s.MeanReturnLast100).OrderDescending().Take(2),
            seeds["seeds"]!.AsArray().Select(s => (double?)s!["mean_return"]));
        Assert.Equal(400, (await server.SendAsync("GET", $"/api/sweep/{ensemble.Id}/trials")).Status);
        var (_, histogram) = await server.SendAsync("GET", $"/api/sweep/{ensemble.Id}/histogram");
        Assert.Equal(6, histogram["bars"]!.AsArray().Sum(b => (int)b!["count"]!));
    }

    [Fact]
    public async Task Histogram_counts_every_episode_and_a_bar_leads_to_its_episodes()
    {
        var run = Worlds.CliffWalking().Train(new QLearning(), 300, options: new() { Store = server.Store });
        await run;
        var returns = run.EpisodeRecords().Select(e => e.Return).ToList();

        var (_, histogram) = await server.SendAsync("GET", $"/api/histogram?session={run.Id}");
        var bars = histogram["bars"]!.AsArray();
        var (low, high, count) = ((double)bars[^2]!["low"]!, (double)bars[^2]!["high"]!, (int)bars[^2]!["count"]!);
        var (_, rows) = await server.SendAsync("GET", FormattableString.Invariant(
            $"/api/episodes?session={run.Id}&count=500&filter=return%20%3E=%20{low}%20return%20%3C%20{high}"));

        Assert.Equal((1, 300, 300), ((int)histogram["first"]!, (int)histogram["last"]!, bars.Sum(b => (int)b!["count"]!)));
        Assert.Equal((returns.Min(), returns.Max()), ((double)bars[0]!["low"]!, Math.Min(returns.Max(), (double)bars[^1]!["high"]!)));
        Assert.Equal(returns.Count(r => r >= low && r < high), count);
        Assert.Equal(count, rows["rows"]!.AsArray().Count);
        Assert.All(rows["rows"]!.AsArray(), row => Assert.InRange((double)row![1]!, low, high));
        Assert.Equal(400, (await server.SendAsync("GET", $"/api/episodes?session={run.Id}&filter=hue%20%3C%201")).Status);
    }

    [Fact]
    public async Task Seed_of_an_ensemble_in_memory_opens_too()
    {
        var ensemble = Ensemble.Start(new(Worlds.CliffWalking(), new Sarsa(), Episodes: 30), 3, EnsembleOptions.InMemory);
        await ensemble;
        server.Runs.Sweeps.Register(ensemble);

        var (_, list) = await server.SendAsync("GET", "/api/sweeps");
        var run = (Run)server.Runs.Find($"{ensemble.Id}/2").View;
        await run.Completion;

        Assert.Equal(ensemble.Id, (string)list[0]!["sweep_id"]!);
        Assert.Same(run, server.Runs.Find($"{ensemble.Id}/2").View);
        Assert.Equal(ensemble.Seeds[1].Hash, run.FinalHash());
        Assert.Throws<InputException>(() => server.Runs.Find($"{ensemble.Id}/9"));
    }

    [Fact]
    public async Task Sweep_of_this_process_is_paused_stopped_and_resumed_but_not_with_a_view_only_link()
    {
        var sweep = new Sweep { Episodes = 2000, Seeds = 2, TestSeeds = 0, Sampler = SweepSampler.Random, Trials = 5000,
            Space = [SearchParameter.LogUniform("learning_rate", 0.01, 1)] }.Start(new() { Store = server.Store, Threads = 1 });
        server.Runs.Sweeps.Register(sweep);
        var path = $"/api/sweep/{sweep.Id}/";

        Assert.Equal(403, (await server.SendAsync("POST", path + "stop", "{}", readOnly: true)).Status);
        Assert.False((bool)(await server.SendAsync("GET", path + "status", readOnly: true)).Json["can_control"]!);
        Assert.Equal("paused", (string)(await server.SendAsync("POST", path + "pause", "{}")).Json["state"]!);
        Assert.Equal("training", (string)(await server.SendAsync("POST", path + "resume", "{}")).Json["state"]!);
        await server.SendAsync("POST", path + "stop", "{}");
        await sweep.Completion.WaitAsync(RawHttp.Patience, TestContext.Current.CancellationToken);
        Assert.Equal((true, 409), ((bool)(await server.SendAsync("GET", path + "status")).Json["can_resume"]!,
            (await server.SendAsync("POST", path + "pause", "{}")).Status));
        var (status, resumed) = await server.SendAsync("POST", path + "resume", "{}");

        Assert.Equal((200, "training", true), (status, (string)resumed["state"]!, (bool)resumed["can_control"]!));
        await server.SendAsync("POST", path + "stop", "{}");
        await ((SweepRun)server.Runs.Sweeps.TryFind(sweep.Id)!.Sweep!).Completion.WaitAsync(RawHttp.Patience,
            TestContext.Current.CancellationToken);
        Assert.Equal(404, (await server.SendAsync("POST", "/api/sweep/none/stop", "{}")).Status);
    }

    static string Encoded(string query) => query.Replace("<", "%3C").Replace(">", "%3E").Replace("\"", "%22");

    async Task<SweepRun> TrainedAsync()
    {
        var sweep = new Sweep
        {
            Name = "tune", Learners = ["q-learning", "sarsa"], Episodes = 20, Seeds = 2, TestSeeds = 3,
            Space = [SearchParameter.Choice("learning_rate", 0.1, 0.9), SearchParameter.Choice("epsilon", 0.01, 0.1)],
        }.Start(new() { Store = server.Store });
        await sweep;
        return sweep;
    }
}
