using CsCheck;

namespace GridWorld.Tests;

/// <summary>The same specification and events give the same bits, however the run was sliced, paused or watched.</summary>
public class ReproducibilityTests
{
    static readonly QLearning Learner = new() { LearningRate = 0.5, Epsilon = 0.2 };

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> SmallWorlds => ["cliff-walking", "frozen-lake-4x4", "windy-stochastic", "blocking-maze", "dyna-maze"];

    [Theory, MemberData(nameof(SmallWorlds))]
    public void Slicing_changes_no_bit(string world)
    {
        var specification = new RunSpecification(Worlds.Get(world), Learner, Seed: 7);
        var mdp = specification.World.Compile();
        var straight = new RunLoop(specification, mdp);
        straight.Advance(30_000, long.MaxValue, new(30_000));

        Gen.Select(Gen.Long[1, 5000], Gen.Long[1, 50]).Array[1, 40].Sample(pieces =>
        {
            var sliced = new RunLoop(specification, mdp);
            for (int i = 0; sliced.Loop.Steps < 30_000; i++)
            {
                var (steps, episodes) = pieces[i % pieces.Length];
                sliced.Advance(Math.Min(steps, 30_000 - sliced.Loop.Steps), episodes, new(100));
            }

            Assert.Equal(straight.Loop.Episodes, sliced.Loop.Episodes);
            Assert.Equal(straight.Loop.Values.Values, sliced.Loop.Values.Values);
            Assert.Equal(straight.Loop.Visits.ToArray(), sliced.Loop.Visits.ToArray());
        }, iter: 20, threads: 1);
    }

    [Theory, MemberData(nameof(SmallWorlds))]
    public void A_checkpoint_taken_anywhere_leads_to_the_same_bits(string world)
    {
        var specification = new RunSpecification(Worlds.Get(world), Learner, Seed: 3);
        var mdp = specification.World.Compile();
        var straight = new RunLoop(specification, mdp);
        straight.AdvanceTo(300, [], Stop);

        Gen.Long[0, 300].Sample(episode =>
        {
            var first = new RunLoop(specification, mdp);
            first.AdvanceTo(episode, [], Stop);
            var second = new RunLoop(specification, mdp);
            second.Load(first.Checkpoint(0), []);
            second.AdvanceTo(300, [], Stop);

            AssertSameState(straight, second);
        }, iter: 10, threads: 1);
    }

    [Fact]
    public async Task Pausing_watching_and_pace_change_no_bit()
    {
        var world = Worlds.CliffWalking();
        var straight = world.Train(Learner, episodes: 20_000, seed: 5, options: RunOptions.InMemory);
        await straight;

        var disturbed = world.Train(Learner, episodes: 20_000, seed: 5, options: RunOptions.InMemory with { StartPaused = true });
        disturbed.Resume();
        while (disturbed.State is RunState.Training)
        {
            try
            {
                disturbed.Pause();
                disturbed.Agent();
                disturbed.Diagnostics();
                disturbed.MetricBuckets(1, long.MaxValue, 50);
                disturbed.Pace = disturbed.Pace is null ? 50_000_000 : null;
                disturbed.Resume();
            }
            catch (InputException) when (disturbed.State is RunState.Completed)
            {
                // It came to its end meanwhile.
            }
        }

        await disturbed;
        Assert.Equal(straight.Agent().Q, disturbed.Agent().Q);
        Assert.Equal(straight.Agent().Visits, disturbed.Agent().Visits);
        Assert.Equal(straight.RawEpisodes(1, 20_000), disturbed.RawEpisodes(1, 20_000));
    }

    [Fact]
    public async Task The_events_of_a_run_repeat_it()
    {
        var run = Worlds.CliffWalking()
            .Train(Learner, episodes: 30_000, seed: 11, options: RunOptions.InMemory with { StartPaused = true, Pace = 100_000 });
        run.Set(epsilon: 0.3);
        run.Resume();
        run.Set(learningRate: 0.1);
        run.Set(epsilon: 0.05, discountFactor: 0.9);
        run.Pace = null; // Slow for as long as it was changed: a quick machine ends it sooner than that.
        await run;

        var repeated = new RunLoop(run.Specification, run.World.Compile());
        foreach (var atStart in run.EventLog.Where(e => e.Kind == RunEventKind.ParamChange && e.Episode == 0))
            repeated.Apply(atStart);
        repeated.AdvanceTo(30_000, run.EventLog, Stop);

        Assert.Equal(run.Agent().Q, repeated.Loop.Values.Values.ToArray());
    }

    [Fact]
    public void Recording_steps_changes_no_bit()
    {
        var specification = new RunSpecification(Worlds.FrozenLake8x8(), Learner, Seed: 2);
        var mdp = specification.World.Compile();
        var plain = new RunLoop(specification, mdp);
        var recorded = new RunLoop(specification, mdp);
        recorded.Loop.Recorder = new(4);

        plain.AdvanceTo(500, [], Stop);
        recorded.AdvanceTo(500, [], Stop);

        AssertSameState(plain, recorded);
    }

    static void AssertSameState(RunLoop expected, RunLoop actual)
    {
        var (a, b) = (expected.Checkpoint(0), actual.Checkpoint(0));
        Assert.Equal((a.Episode, a.Step), (b.Episode, b.Step));
        Assert.Equal(a.Sections.Select(s => s.Name), b.Sections.Select(s => s.Name));
        foreach (var (x, y) in a.Sections.Zip(b.Sections))
            Assert.Equal(x.Bytes, y.Bytes);
    }
}
