namespace GridWorld.Tests;

public sealed class RewindTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static RunSpecification Lake => new(Worlds.FrozenLake4x4(), new QLearning(), Seed: 21, Episodes: 3000);

    [Theory]
    [InlineData(1)]
    [InlineData(700)]
    [InlineData(701)]
    [InlineData(777)]
    [InlineData(3000)]
    public async Task Episode_is_replayed_as_it_was_live_or_stored(long episode)
    {
        var run = await folder.ChangedRunAsync(Lake);
        var record = run.RawEpisodes(episode, 1)[0];
        AgentSnapshot before = run.AgentAt(episode - 1, Cancel), after = run.AgentAt(episode, Cancel);

        var steps = run.ReplayEpisode(episode, Cancel);

        Assert.Equal((record.Length, record.Return), (steps.Count, steps.Sum(s => s.Reward)));
        Assert.Equal(record.Terminated ? StepEnd.Terminated : StepEnd.Truncated, steps[^1].End);
        Assert.Equal(before.Step + steps.Count, after.Step);
        double[] q = [.. before.Q];
        foreach (var step in steps)
        {
            Assert.Equal(q[(step.State * 4)..(step.State * 4 + 4)], step.Q);
            q[step.State * 4 + step.Action] = step.NewValue;
        }

        Assert.Equal(after.Q, q);
        var stored = Run.Open(run.Id, folder.Path).ReplayEpisode(episode, Cancel);
        Assert.Equal(steps.Select(s => (s.State, s.Action, s.Explored, s.Reward, s.NextState, s.NewValue)),
            stored.Select(s => (s.State, s.Action, s.Explored, s.Reward, s.NextState, s.NewValue)));
    }

    [Fact]
    public async Task Agent_at_any_episode_is_that_of_a_run_that_ended_there()
    {
        var run = Run.Start(Lake, folder.Options);
        await run;

        foreach (long episode in (long[])[0, 1, 20, 1999, 3000])
            Assert.Equal(episode == 0 ? new double[64] : new Straight(Lake, [], episode).Values, run.AgentAt(episode, Cancel).Q);
    }

    [Fact]
    public async Task Part_of_an_episode_is_a_stretch_of_the_whole()
    {
        var run = Run.Start(Lake, RunOptions.InMemory);
        await run;
        long episode = run.EpisodeRecords(1, 3000).First(e => e.Length > 7).Episode;
        var whole = run.ReplayEpisode(episode, Cancel);

        var part = run.Rewind().Part(episode, firstStep: 4, mostSteps: 3, Cancel);

        Assert.Equal((whole.Count, whole.Sum(s => s.Reward)), (part.Length, part.Return));
        Assert.Equal(whole.Skip(3).Take(3).Select(s => (s.Step, s.State, s.Action, s.NewValue)),
            part.Steps.Select(s => (s.Step, s.State, s.Action, s.NewValue)));
    }

    [Fact]
    public async Task Run_in_memory_is_rewound_from_its_start()
    {
        var run = Run.Start(Lake, RunOptions.InMemory);
        await run;

        Assert.Equal(run.RawEpisodes(1234, 1)[0].Length, run.ReplayEpisode(1234, Cancel).Count);
        Assert.Equal("The run has 3000 episodes: choose one between 1 and 3000 (got 3001).",
            Assert.Throws<InputException>(() => run.ReplayEpisode(3001, Cancel)).Message);
    }

    [Fact]
    public async Task Last_step_of_an_episode_that_was_cut_off_says_so()
    {
        foreach (LearnerOptions learner in (LearnerOptions[])[new QLearning(), new SarsaLambda()])
        {
            var run = Run.Start(new(Worlds.CliffWalking(), learner, Seed: 1, Episodes: 2, MaxSteps: 3), RunOptions.InMemory);
            await run;

            Assert.Equal([StepEnd.None, StepEnd.None, StepEnd.Truncated], run.ReplayEpisode(2, Cancel).Select(s => s.End));
        }
    }

    [Fact]
    public async Task Episodes_in_a_row_are_those_replayed_one_by_one_across_a_change()
    {
        var run = Run.Start(Lake with { Episodes = 40 }, folder.Options);
        await run;
        run = Run.Resume(run.Id, folder.Path, moreEpisodes: 40, options: folder.Options with { StartPaused = true });
        run.Set(epsilon: 0.9);
        run.Resume();
        await run;

        var row = run.Rewind().ReplayLast(60, cancellationToken: Cancel).ToArray();

        Assert.Equal(Enumerable.Range(21, 60), row.Select(e => (int)e.Episode));
        Assert.All(row, e => Assert.Equal(Text(run.ReplayEpisode(e.Episode, Cancel)), Text(e.Steps)));

        static string Text(IEnumerable<EpisodeStep> steps) =>
            string.Join('\n',
            steps.Select(s => $"{s.State} {s.Action} {s.Explored} {s.Reward} {s.NextState} {s.End} {string.Join(' ', s.Q)} {s.NewValue}"));
    }

    public void Dispose() => folder.Dispose();
}
