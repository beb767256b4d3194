using System.Runtime.CompilerServices;

namespace GridWorld.Tests;

public sealed class ShownRunTests : IDisposable
{
    readonly TemporaryFolder store = new();

    public void Dispose() => store.Dispose();

    [Fact]
    public void Ended_stored_runs_are_let_go_of_and_shown_from_their_files()
    {
        var runs = new ServedRuns(null);
        var shown = Show(runs, 30, new() { Store = store.Path });

        Assert.InRange(shown.Count(run => IsAlive(run.Run)), 0, 10);
        Assert.Equal(shown.Select(run => (run.Id, 5)).Reverse(), Listed(runs));
        Assert.Equal(5, runs.Find(shown[0].Id).View.Status().Episodes);
    }

    [Fact]
    public void Ended_runs_in_memory_are_kept_up_to_a_number_and_the_others_say_that_they_are_gone()
    {
        var runs = new ServedRuns(null);
        var shown = Show(runs, 60, RunOptions.InMemory);

        Assert.InRange(shown.Take(10).Count(run => IsAlive(run.Run)), 0, 2);
        Assert.All(shown.Skip(10), run => Assert.Equal(5, runs.Find(run.Id).View.Status().Episodes));
        Assert.Equal(shown.Select(run => (run.Id, 5)).Reverse(), Listed(runs));
        Assert.All(runs.Stored(), run => Assert.Contains("the server no longer keeps it", run.Error));
    }

    [Fact]
    public async Task Run_that_the_program_still_has_is_shown_live_however_old_it_is()
    {
        var runs = new ServedRuns(null);
        var mine = Worlds.CliffWalking().Train(episodes: 5, options: new() { Store = store.Path });
        await mine.Completion.WaitAsync(RawHttp.Patience, TestContext.Current.CancellationToken);
        runs.Register(mine);

        Show(runs, 20, new() { Store = store.Path });

        Assert.Same(mine, runs.Find(mine.Id).View);
        Assert.Same(runs.Find(mine.Id), runs.Find(mine.Id));
    }

    [Fact]
    public async Task Oldest_of_many_replays_ends_for_the_next()
    {
        var runs = new ServedRuns(null);
        var shown = new List<Run>();
        for (var k = 0; k < 9; k++)
        {
            var run = Worlds.CliffWalking().Train(episodes: 5, options: RunOptions.InMemory);
            await run.Completion.WaitAsync(RawHttp.Patience, TestContext.Current.CancellationToken);
            runs.Register(run);
            runs.Register(run.Replay());
            shown.Add(run);
        }

        Assert.Equal([false, .. Enumerable.Repeat(true, 8)], shown.Select(run => runs.Find(run.Id).View is ReplayedRun));
    }

    static IEnumerable<(string, int)> Listed(ServedRuns runs) =>
        runs.Registered().Select(run => run.View.Status()).Select(run => (run.Id, (int)run.Episodes))
        .Concat(runs.Stored().Select(run => (run.Id, (int)run.Episodes)));

    /// <summary>Trains runs and shows them, and keeps none of them alive itself.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    static List<(string Id, WeakReference Run)> Show(ServedRuns runs, int count, RunOptions options)
    {
        var shown = new List<(string, WeakReference)>();
        for (var k = 0; k < count; k++)
        {
            var run = Worlds.CliffWalking().Train(episodes: 5, options: options);
            run.Completion.Wait(TestContext.Current.CancellationToken);
            runs.Register(run);
            shown.Add((run.Id, new(run)));
        }

        return shown;
    }

    /// <summary>A thread that has just ended may hold its run for another moment.</summary>
    static bool IsAlive(WeakReference run)
    {
        for (var k = 0; k < 10 && run.IsAlive; k++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return run.IsAlive;
    }
}
