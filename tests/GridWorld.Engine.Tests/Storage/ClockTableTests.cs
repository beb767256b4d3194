namespace GridWorld.Tests;

/// <summary>How long a stored run trained, by a clock in the test's hand.</summary>
public sealed class ClockTableTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly SetClock clock = new();

    RunOptions Options => folder.Options with { Time = clock };

    public void Dispose() => folder.Dispose();

    // Trained for 5 s to "five", then for 4 s that are given up; after a quarter of an hour back to "five", and on for 3 s.
    [Fact]
    public async Task Times_of_a_run_that_went_back_are_those_of_the_course_it_kept()
    {
        var run = Run.Start(new(Worlds.FrozenLake4x4(), new QLearning(), Seed: 7, Episodes: null), Options);
        Train(run, seconds: 5);
        run.Pause();
        long five = run.Episodes;
        run.SaveCheckpoint("five");
        clock.Advance(TimeSpan.FromMinutes(1));
        run.Resume();
        Train(run, seconds: 4);
        run.Stop();
        await run;
        Assert.Equal([5, 9], Seconds(run, five, run.Episodes));
        Assert.Equal([5, 9], Seconds(Run.Open(run.Id, folder.Path), five, run.Episodes));
        clock.Advance(TimeSpan.FromMinutes(15));

        var again = Run.Resume(run.Id, folder.Path, checkpoint: "five", options: Options);
        Train(again, seconds: 3);
        again.Stop();
        await again;

        var stored = Run.Open(run.Id, folder.Path);
        Assert.Equal([5, 8], Seconds(again, five, again.Episodes));
        Assert.Equal([5, 8], Seconds(stored, five, again.Episodes));
        Assert.Equal(8, stored.Replay().Progress.Duration, 1e-9);
    }

    [Fact]
    public async Task Fork_goes_on_with_its_parents_time()
    {
        var run = Run.Start(new(Worlds.FrozenLake4x4(), new QLearning(), Seed: 7, Episodes: null), Options);
        Train(run, seconds: 5);
        run.Stop();
        await run;
        clock.Advance(TimeSpan.FromMinutes(15));

        var fork = run.Fork(episodes: 1_000_000_000);
        Train(fork, seconds: 2);
        fork.Stop();
        await fork;

        Assert.Equal([5, 7], Seconds(fork, run.Episodes, fork.Episodes));
        Assert.Equal([5, 7], Seconds(Run.Open(fork.Id, folder.Path), run.Episodes, fork.Episodes));
    }

    void Train(Run run, double seconds)
    {
        AwaitEpisodes(run);
        clock.Advance(TimeSpan.FromSeconds(seconds));
        AwaitEpisodes(run);
    }

    static void AwaitEpisodes(Run run)
    {
        long from = run.Episodes;
        Wait.Until(() => run.Episodes > from + 1, "It does not train.");
    }

    static double[] Seconds(RunView view, params long[] episodes) =>
        [.. view.Reached(episodes).Select(r => Math.Round(r.Seconds!.Value, 9))];
}
