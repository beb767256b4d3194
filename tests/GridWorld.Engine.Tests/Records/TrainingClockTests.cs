namespace GridWorld.Tests;

public class TrainingClockTests
{
    [Fact]
    public void Marks_are_joined_by_straight_lines()
    {
        var clock = new TrainingClock();
        clock.Mark(10, 1);
        clock.Mark(30, 5);

        Assert.Equal([0.5, 1, 3, 5, 5], new long[] { 5, 10, 20, 30, 99 }.Select(e => clock.At(e)!.Value));
        Assert.Null(new TrainingClock().At(1));
    }

    [Fact]
    public void Episodes_at_a_time_are_on_the_same_lines()
    {
        var clock = new TrainingClock();
        clock.Mark(10, 1);
        clock.Mark(20, 2);
        clock.Mark(22, 2);
        clock.Mark(30, 6);

        Assert.Equal([0, 5, 10, 15, 22, 26, 30, 30], new[] { 0, 0.5, 1, 1.5, 2, 4, 6, 99 }.Select(s => clock.EpisodesAt(s)!.Value));
        Assert.Equal(6, clock.Total);
        Assert.Null(new TrainingClock().EpisodesAt(1));
    }

    [Fact]
    public void Time_between_a_parents_end_and_its_fork_was_not_trained()
    {
        var begin = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        RunEvent Event(int second, long episode, RunEventKind happened) => new(1, "x", episode, happened, begin.AddSeconds(second));

        var clock = TrainingClock.Of([Event(0, 0, RunEventKind.RunStarted), Event(1000, 100, RunEventKind.Forked),
            Event(1010, 200, RunEventKind.Completed)],
            [new(100, 0, null, begin.AddSeconds(10)), new(100, 0, null, begin.AddSeconds(1000))]);

        Assert.Equal([10, 20], new long[] { 100, 200 }.Select(e => clock.At(e)!.Value));
    }

    [Fact]
    public void Millions_of_marks_keep_to_the_truth_in_bounded_memory()
    {
        var clock = new TrainingClock();
        for (long e = 1; e <= 1_000_000; e++)
            clock.Mark(e, e * e / 1e9);

        const double aTwoHundredth = 1000 / 200.0;
        for (long e = 1; e <= 1_000_000; e += 7777)
            Assert.InRange(clock.At(e)!.Value - e * e / 1e9, -aTwoHundredth, aTwoHundredth);
    }

    [Fact]
    public void Clock_of_a_stored_run_leaves_pauses_and_the_time_after_a_kill_out()
    {
        var begin = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        RunEvent Event(int second, long episode, RunEventKind happened) => new(1, "x", episode, happened, begin.AddSeconds(second));
        CheckpointInfo Checkpoint(int second, long episode) => new(episode, 0, null, begin.AddSeconds(second));

        var clock = TrainingClock.Of(
            [Event(0, 0, RunEventKind.RunStarted), Event(20, 200, RunEventKind.Paused), Event(100, 200, RunEventKind.Resumed),
            Event(500, 300, RunEventKind.RunInterrupted), Event(500, 300, RunEventKind.RunResumed)],
            [Checkpoint(10, 100), Checkpoint(110, 300), Checkpoint(510, 400)]);

        Assert.Equal([5, 10, 20, 30, 40], new long[] { 50, 100, 200, 300, 400 }.Select(e => clock.At(e)!.Value));
    }

    [Fact]
    public void Clock_of_an_older_file_leaves_out_the_course_that_was_given_up()
    {
        var begin = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        RunEvent Event(int second, long episode, RunEventKind happened) => new(1, "x", episode, happened, begin.AddSeconds(second));

        var clock = TrainingClock.Of(
            [Event(0, 0, RunEventKind.RunStarted), Event(9, 200, RunEventKind.Stopped), Event(1000, 100, RunEventKind.RunResumed),
            Event(1003, 150, RunEventKind.Completed)],
            [new(100, 0, "five", begin.AddSeconds(5)), new(200, 0, null, begin.AddSeconds(9)), new(150, 0, null, begin.AddSeconds(1003))]);

        Assert.Equal([2.5, 5, 6.5, 8, 8], new long[] { 50, 100, 125, 150, 200 }.Select(e => clock.At(e)!.Value));
    }

    [Fact]
    public void Clock_goes_on_from_an_episode_as_it_was_there()
    {
        var clock = new TrainingClock();
        clock.Mark(10, 1);
        clock.Mark(30, 5);

        var again = clock.Until(20);
        again.Mark(40, 2);

        Assert.Equal([0.5, 1, 3, 5], new long[] { 5, 10, 20, 40 }.Select(e => again.At(e)!.Value));
        Assert.Equal(5, clock.Total);
    }

    [Fact]
    public void Newest_mark_is_exact_however_near_it_is_to_the_one_before()
    {
        var clock = new TrainingClock();
        for (long e = 1; e <= 5000; e++)
        {
            clock.Mark(e, e / 1000.0);
            Assert.Equal(e / 1000.0, clock.At(e));
        }
    }

    [Fact]
    public async Task Steps_up_to_a_bucket_are_the_sum_of_the_lengths_and_seconds_grow()
    {
        var run = Worlds.CliffWalking().Train(episodes: 3000, options: RunOptions.InMemory);
        await run;
        var lengths = run.RawEpisodes(1, 3000).Select(e => (long)e.Length).ToArray();
        long[] ends = [1, 63, 64, 65, 128, 1000, 2048, 2999, 3000];

        var reached = run.Reached(ends);

        Assert.Equal(ends.Select(e => lengths.Take((int)e).Sum()), reached.Select(r => r.Steps));
        Assert.Equal(run.Steps, reached[^1].Steps);
        Assert.Equal(reached.Select(r => r.Seconds).Order(), reached.Select(r => r.Seconds));
        Assert.True(reached[^1].Seconds > 0);
    }
}
