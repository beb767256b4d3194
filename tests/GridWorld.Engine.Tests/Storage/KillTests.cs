namespace GridWorld;

public sealed class KillTests : IDisposable
{
    // GRIDWORLD_TEST_KILLS=200 makes it a long test.
    static readonly int Kills = int.TryParse(Environment.GetEnvironmentVariable("GRIDWORLD_TEST_KILLS"), out int kills) ? kills : 6;
    readonly TemporaryFolder folder = new();

    [Fact]
    public void Run_killed_at_random_moments_ends_as_the_straight_run()
    {
        var random = Rng.Streams(2026).World;
        string? id = null;
        for (int i = 0; i < Kills; i++)
        {
            // Paced, so that the run is not over before it was killed often enough.
            using var process = TrainingProcess.Start(folder.Path, id, pace: 600e3 / Kills);
            id = process.Training();
            // The moment is what is random here: nothing is waited for.
            Thread.Sleep(random.Below(250));
            process.Kill();
            Assert.Equal(RunState.Interrupted, StoreFolder.Find(id, folder.Path).State);
        }

        using (var process = TrainingProcess.Start(folder.Path, id, pace: 500e3))
        {
            process.Training();
            Assert.Equal("Completed", process.Ended());
        }

        var view = StoreFolder.View(id!, folder.Path);
        var straight = new Straight(TrainingProcess.Specification, view.Events(), TrainingProcess.Specification.Episodes!.Value);
        straight.AssertSame(view, StoreFile.PathOf(folder.Path, id!));
        Assert.Equal(Kills, view.Events().Count(e => e.Event == RunEvents.Interrupted));
        Assert.Equal([RunEvents.Started, RunEvents.ParamChange, RunEvents.Checkpoint, RunEvents.ParamChange, RunEvents.ParamChange, RunEvents.Completed],
            view.Events().Where(EventTable.Counts).Select(e => e.Event));
        Assert.Single(view.Checkpoints(), c => c.Name == "seven hundred");
        Assert.DoesNotContain(view.Events(), e => e.Event == RunEvents.StoreError);
    }

    [Fact]
    public void Run_that_another_process_trains_is_read_but_not_taken()
    {
        using var process = TrainingProcess.Start(folder.Path, pace: 1000);
        string id = process.Training();

        var view = StoreFolder.View(id, folder.Path);
        Assert.Equal(RunState.Training, view.Status().State);
        var fault = Assert.Throws<InputException>(() => Run.Resume(id, folder.Path));
        Assert.Contains(FormattableString.Invariant($"is being trained by process {process.Id} on {Environment.MachineName}"), fault.Message, StringComparison.Ordinal);
        Assert.Contains("is being trained by", Assert.Throws<InputException>(() => StoreFolder.Delete(id, folder.Path)).Message, StringComparison.Ordinal);

        long before = view.Status().Episodes;
        while (view.Status().Episodes <= before + 10)
            Thread.Yield();
        var records = view.Episodes(1, 10);
        Assert.Equal(Enumerable.Range(1, 10).Select(i => (long)i), records.Select(r => r.Episode));
        process.Kill();
        Assert.Equal(RunState.Interrupted, view.Status().State);
    }

    public void Dispose() => folder.Dispose();
}
