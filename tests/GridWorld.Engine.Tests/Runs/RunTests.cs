namespace GridWorld.Tests;

public class RunTests
{
    static readonly RunOptions Waiting = RunOptions.InMemory with { StartPaused = true };

    [Fact]
    public async Task Episodes_after_the_traced_ones_are_not_sampled()
    {
        var run = Worlds.CliffWalking().Train(episodes: 50, options: RunOptions.InMemory with { TraceEpisodes = 3 });
        await run;

        Assert.Equal([1, 2, 3], run.RawEpisodes(1, 50).Where(e => e.MeanQ is not null || e.ActionCounts is not null)
            .Select(e => e.Episode));
        Assert.Equal([1, 2, 3], run.Traces.Select(t => t.Episode));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(201)]
    public void A_name_has_1_to_200_characters(int length)
    {
        var error = Assert.Throws<InputException>(() => Worlds.CliffWalking()
            .Train(episodes: 1, options: RunOptions.InMemory with { Name = new('x', length) }));

        Assert.Equal($"The name of a run must have 1 to 200 characters (got {length}).", error.Message);
    }

    [Fact]
    public async Task A_run_ends_when_its_episodes_are_run()
    {
        var run = Worlds.CliffWalking().Train(episodes: 250, options: RunOptions.InMemory);

        await run;

        Assert.Equal((RunState.Completed, 250), (run.State, run.Episodes));
        Assert.Equal(250, run.RawEpisodes(1, 1000).Length);
        Assert.Equal([RunEventKind.RunStarted, RunEventKind.Completed], run.EventLog.Select(e => e.Kind));
    }

    [Fact]
    public async Task Continue_raises_the_target_and_gives_the_bits_of_one_longer_run()
    {
        var longer = Worlds.CliffWalking().Train(episodes: 500, options: RunOptions.InMemory);
        var continued = Worlds.CliffWalking().Train(episodes: 200, options: RunOptions.InMemory);
        await continued;

        continued.Continue(300);
        await continued;
        await longer;

        Assert.Equal(longer.Agent().Q, continued.Agent().Q);
        Assert.Equal(longer.RawEpisodes(1, 500), continued.RawEpisodes(1, 500));
    }

    [Fact]
    public async Task A_change_is_an_event_at_the_boundary_where_it_takes_effect()
    {
        var run = Worlds.CliffWalking().Train(episodes: 10, options: Waiting);

        var change = Assert.Single(run.Set(epsilon: 0.25));
        run.Resume();
        await run;

        Assert.Equal((0, "epsilon", "0.1", "0.25"), (change.Episode, change.Param, change.OldValue, change.NewValue));
        Assert.All(run.RawEpisodes(1, 10), e => Assert.Equal(0.25, e.Epsilon));
    }

    [Fact]
    public void A_value_out_of_range_changes_nothing_and_names_all_faults()
    {
        var run = Worlds.CliffWalking().Train(episodes: 10, options: Waiting);

        var refused = Assert.Throws<InputException>(() => run.Set(learningRate: 999999, epsilon: -1));

        Assert.Equal(["Learning rate must be between 0.001 and 1.0 (got 999999).", "Epsilon must be between 0 and 1 (got -1)."],
            refused.Errors);
        Assert.Equal([RunEventKind.RunStarted], run.EventLog.Select(e => e.Kind));
        run.Stop();
    }

    [Fact]
    public async Task Set_on_an_ended_run_names_the_ways_on()
    {
        var run = Worlds.CliffWalking().Train(episodes: 10, options: RunOptions.InMemory);
        await run;

        var refused = Assert.Throws<InputException>(() => run.Set(epsilon: 0.5));

        Assert.Contains("Continue", refused.Message);
        Assert.Contains("Fork", refused.Message);
    }

    [Fact]
    public async Task A_stop_that_cannot_wait_drops_the_unfinished_episode()
    {
        var endless = new World(["S#G"], new() { MaxSteps = int.MaxValue });
        var run = endless.Train(episodes: null, options: RunOptions.InMemory);

        run.Stop();
        await run;

        Assert.Equal((RunState.Stopped, 0, 0), (run.State, run.Episodes, run.Steps));
        Assert.All(run.Agent().Q, q => Assert.Equal(0, q));
    }

    [Fact]
    public async Task A_value_that_is_not_a_number_stops_the_run_and_says_where()
    {
        var exploding = new SarsaLambda { Traces = Traces.Accumulating, TraceDecay = 1, LearningRate = 1 };
        var run = Worlds.Windy().Train(exploding, episodes: 500, options: RunOptions.InMemory);

        await run;

        Assert.Equal(RunState.Failed, run.State);
        var error = run.EventLog[^1];
        Assert.Equal(RunEventKind.TrainingError, error.Kind);
        Assert.Matches(
            @"^Q\(\d+, (up|right|down|left)\) became .* in episode \d+\. No checkpoint contains any training: train a new run with a "
            + @"smaller learning rate, a smaller discount factor or bounded rewards\.$", error.Message);
        Assert.Contains(run.Diagnostics().Flags, f => f.Word == "non_finite");
    }

    [Fact]
    public async Task A_return_that_is_not_a_number_is_not_blamed_on_a_value()
    {
        var hot = new World(["S...G", "..#.."], new() { StepReward = -1e308 });
        var run = hot.Train(new QLearning(), episodes: 100, options: RunOptions.InMemory);

        await run;

        Assert.All(run.Agent().Q, q => Assert.True(double.IsFinite(q)));
        Assert.Equal(RunState.Failed, run.State);
        Assert.Equal(
            $"The sum of the rewards of episode {run.Episodes} exceeds the largest number, although every value is finite. No checkpoint"
            + " contains any training: train a new run with smaller rewards.", run.EventLog[^1].Message);
    }

    [Fact]
    public async Task Ended_run_says_that_it_can_be_neither_paused_nor_resumed_and_what_can_be_done()
    {
        var run = Worlds.CliffWalking().Train(episodes: 1, options: RunOptions.InMemory);
        await run;

        Assert.Equal(
            "Cannot pause a run that is completed. Use Continue(episodes) to train more episodes, or Fork to start a new run from it.",
            Assert.Throws<InputException>(run.Pause).Message);
        Assert.Equal(
            "Cannot resume a run that is completed. Use Continue(episodes) to train more episodes, or Fork to start a new run from it.",
            Assert.Throws<InputException>(() => run.Resume()).Message);
        run.Continue(1);
        await run;
        Assert.Equal(2, run.Episodes);
    }

    [Fact]
    public async Task A_pause_holds_the_step_counter()
    {
        var run = Worlds.Empty(100, 100).Train(episodes: null, options: RunOptions.InMemory);

        run.Pause();
        long steps = run.Agent().Step;
        for (int i = 0; i < 100; i++)
            Assert.Equal(steps, run.Agent().Step);

        Assert.Equal(RunState.Paused, run.State);
        run.Stop();
        await run;
    }

    [Fact]
    public async Task Every_episode_is_sampled_where_the_options_ask_for_it()
    {
        var run = Worlds.CliffWalking()
            .Train(episodes: 50, options: RunOptions.InMemory with { SampleEveryEpisode = true, TraceEpisodes = 3 });
        await run;

        var episodes = run.RawEpisodes(1, 50);
        Assert.All(episodes, e => Assert.Equal(e.Length, e.ActionCounts!.Sum()));
        Assert.All(episodes, e => Assert.InRange(e.MeanQ!.Value, -2000, 0));
        Assert.Equal([1L, 2, 3], run.Traces.Select(t => t.Episode));
        Assert.All(run.Traces, t => Assert.Equal(episodes[(int)t.Episode - 1].Length, t.Steps.Count));
        Assert.All(run.Traces, t => Assert.Equal(episodes[(int)t.Episode - 1].Return, t.Steps.Sum(s => s.Reward)));
    }

    [Theory]
    [InlineData("good_hyperparams_v2", true)]
    [InlineData("a", true)]
    [InlineData("", false)]
    [InlineData("../x", false)]
    [InlineData("CON", false)]
    [InlineData("nul.txt", false)]
    [InlineData("x.", false)]
    [InlineData("a\0b", false)]
    [InlineData("\u202Eabc", false)]
    public async Task A_checkpoints_name_is_safe_everywhere(string name, bool isGood)
    {
        var run = Worlds.CliffWalking().Train(episodes: 1, options: RunOptions.InMemory);
        await run;

        var refused = Record.Exception(() => run.SaveCheckpoint(name));

        Assert.Equal(isGood, refused is null);
        Assert.True(refused is null or InputException);
    }
}
