using System.Runtime.InteropServices;

namespace GridWorld.Tests;

public sealed class KillTests : IDisposable
{
    const string Name = "kills";
    static readonly int Kills = (int)Long.Count(Name, 30, 200);
    readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_killed_at_random_moments_ends_as_the_straight_run(bool isOwn)
    {
        ulong seed = Long.Seed(Name, 2026);
        int kills = isOwn ? Kills / 5 : Kills;
        Long.Say(Name, $"seed {seed}, {kills} kills{(isOwn ? " of a run whose learner is registered" : "")}");
        var random = Rng.Streams(seed).World;
        string? id = null;
        for (int i = 0; i < kills; i++)
        {
            // Paced, so that the run is not over before it was killed often enough.
            using var process = TrainingProcess.Start(folder.Path, id, pace: 600e3 / kills, isOwn: isOwn);
            id = process.Training();
            // The moment is what is random here: nothing is waited for, but every other time for something to be written.
            Thread.Sleep(random.Below(100));
            if (i % 2 == 0)
                AwaitWrite(RunFiles.PathOf(folder.Path, id) + "-wal");
            process.Kill();
            Assert.Equal(RunState.Interrupted, StoreFolder.Find(id, folder.Path).State);
        }

        using (var process = TrainingProcess.Start(folder.Path, id, pace: 500e3, isOwn: isOwn))
        {
            process.Training();
            Assert.Equal("Completed", process.Ended());
        }

        var view = Run.Open(id!, folder.Path);
        if (isOwn)
        {
            AssertReadable(view);
            LearnerCatalog.Register(() => TrainingProcess.OfOwnLearner.Learner);
            view = Run.Open(id!, folder.Path);
        }

        var specification = isOwn ? TrainingProcess.OfOwnLearner : TrainingProcess.Specification;
        var straight = new Straight(specification, view.EventLog, specification.Episodes!.Value);
        straight.AssertSame(view, RunFiles.PathOf(folder.Path, id!));
        Assert.Equal(kills, view.EventLog.Count(e => e.Kind == RunEventKind.RunInterrupted));
        Assert.Equal([RunEventKind.RunStarted, RunEventKind.ParamChange, RunEventKind.Checkpoint, RunEventKind.ParamChange, RunEventKind.ParamChange,
            RunEventKind.Completed],
            view.EventLog.Where(EventTable.Counts).Select(e => e.Kind));
        Assert.Single(view.CheckpointList, c => c.Name == "seven hundred");
        Assert.DoesNotContain(view.EventLog, e => e.Kind == RunEventKind.StoreError);
        Long.Say(Name, $"{kills} kills, {view.EventLog.Count} events: the straight run");
    }

    // By a process that has not registered the learner.
    void AssertReadable(RunView view)
    {
        const string missing = "The learner 'qv-of-another-process' is not registered in this process, "
            + "so its run can be read but not trained or replayed. "
            + "Before you open the run, register the options with the Name 'qv-of-another-process': "
            + "LearnerCatalog.Register(() => new …()).";
        long last = view.Status().Episodes;
        Assert.Equal(missing, view.Status().Message);
        Assert.Equal(last, view.RawEpisodes(1, int.MaxValue).Length);
        Assert.NotEmpty(view.MetricBuckets(1, last, 100));
        Assert.Contains(view.Agent().Q, q => q != 0);
        Assert.Equal(0.01, view.Status().Settings.Epsilon);
        Assert.Equal(SpecificationJson.Write(TrainingProcess.OfOwnLearner), SpecificationJson.Write(view.Specification));

        Assert.Equal(missing, Assert.Throws<InputException>(() => Run.Resume(view.Id, folder.Path)).Message);
        Assert.Equal(missing, Assert.Throws<InputException>(() => view.Fork(0, options: RunOptions.InMemory)).Message);
        Assert.Equal(missing, Assert.Throws<InputException>(() => view.Replay()).Message);
        Assert.Equal(missing, Assert.Throws<InputException>(() => view.ReplayEpisode(5)).Message);
        Assert.Equal([missing], StoreFolder.Verify(view.Id, folder.Path, cancellationToken: TestContext.Current.CancellationToken));
    }

    static void AwaitWrite(string log)
    {
        var before = File.GetLastWriteTimeUtc(log);
        Wait.Until(() => File.GetLastWriteTimeUtc(log) != before, "Nothing was written.");
    }

    [Fact]
    public void Run_that_another_process_trains_is_read_but_not_taken()
    {
        using var process = TrainingProcess.Start(folder.Path, pace: 1000);
        string id = process.Training();

        var view = Run.Open(id, folder.Path);
        Assert.Equal(RunState.Training, view.Status().State);
        var fault = Assert.Throws<InputException>(() => Run.Resume(id, folder.Path));
        Assert.Contains(FormattableString.Invariant($"is being trained by process {process.Id} on {Environment.MachineName}"),
            fault.Message, StringComparison.Ordinal);
        Assert.Contains("is being trained by", Assert.Throws<InputException>(() => StoreFolder.Delete(id, folder.Path)).Message,
            StringComparison.Ordinal);

        long before = view.Status().Episodes;
        while (view.Status().Episodes <= before + 10)
            Thread.Yield();
        var records = view.RawEpisodes(1, 10);
        Assert.Equal(Enumerable.Range(1, 10).Select(i => (long)i), records.Select(r => r.Episode));
        process.Kill();
        Assert.Equal(RunState.Interrupted, view.Status().State);
    }

    [Theory]
    [InlineData(PosixSignal.SIGTERM, 143)]
    [InlineData(PosixSignal.SIGINT, 130)]
    [InlineData(PosixSignal.SIGHUP, 129)]
    public void Signal_still_ends_the_process_but_leaves_a_checkpoint(PosixSignal signal, int exitCode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such signals to send.");
        using var process = TrainingProcess.Start(folder.Path, isEndless: true);
        string id = process.Training();
        var view = Run.Open(id, folder.Path);

        int code = process.Signal(signal);

        Assert.Equal(exitCode, code);
        Assert.Equal(view.Status().Episodes, view.CheckpointList[^1].Episode);
        Assert.DoesNotContain(view.EventLog, e => e.Kind == RunEventKind.StoreError);
    }

    [Fact]
    public void Processes_that_share_a_store_do_not_interfere()
    {
        var processes = Enumerable.Range(0, 4).Select(_ => TrainingProcess.Start(folder.Path, pace: 1e6)).ToList();
        var ids = processes.ConvertAll(p => p.Training());
        Assert.All(processes, p => Assert.Equal("Completed", p.Ended()));
        processes.ForEach(p => p.Dispose());

        Assert.Equal(ids.Order(), StoreFolder.List(folder.Path).Select(r => r.Id).Order());
        foreach (string id in ids)
        {
            var view = Run.Open(id, folder.Path);
            new Straight(TrainingProcess.Specification, view.EventLog, TrainingProcess.Specification.Episodes!.Value).AssertSame(view,
                RunFiles.PathOf(folder.Path, id));
        }
    }

    [Fact]
    public async Task Runs_at_once_in_one_process_do_not_interfere()
    {
        RunSpecification Of(int i) => new(Worlds.FrozenLake4x4(), new QLearning(), Seed: (ulong)i, Episodes: 1500 + i);
        var runs = Enumerable.Range(0, 8).Select(i => Run.Start(Of(i), folder.Options)).ToList();
        foreach (var run in runs)
            await run;

        for (int i = 0; i < runs.Count; i++)
            new Straight(Of(i), [], 1500 + i).AssertSame(Run.Open(runs[i].Id, folder.Path), folder.FileOf(runs[i]));
    }

    public void Dispose() => folder.Dispose();
}
