using System.Diagnostics;
using System.Runtime.InteropServices;

namespace GridWorld.Tests;

public sealed class KillTests : IDisposable
{
    const string Name = "kills";
    readonly TemporaryFolder folder = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Processes_killed_at_random_moments_leave_what_ends_as_if_undisturbed()
    {
        int kills = (int)Long.Count(Name, 30, 1000);
        ulong seed = Long.Seed(Name, 2026);
        Long.Say(Name, $"seed {seed}, {kills} kills of a process that trains one of {Fleet.Members.Count}");
        var random = Rng.Streams(seed).World;
        var fleet = new Fleet(folder.Path, kills);
        var interruptions = Fleet.Members.ToDictionary(m => m, _ => 0);
        for (int i = 0; i < kills; i++)
        {
            await KillAsync(Fleet.Members[i % Fleet.Members.Count], process =>
            {
                // The moment is what is random here: nothing is waited for, but every other time for something to be written.
                Thread.Sleep(random.Below(100));
                if ((i + i / Fleet.Members.Count) % 2 == 0)
                    AwaitWrite(process);
            });
        }

        Assert.InRange(interruptions.Values.Sum(), kills / 2, kills);
        await KillAsync(Fleet.OfOwn, _ => Wait.Until(() => StoreFolder.Find(Fleet.OfOwn, folder.Path).Episodes > 100, "It did not train."));
        AssertReadable(Run.Open(Fleet.OfOwn, folder.Path), fleet.SpecificationOf(Fleet.OfOwn));
        LearnerCatalog.Register(() => Fleet.Own);
        await Task.WhenAll(Fleet.Members.Select(member => fleet.TrainAsync(member, toTheEnd: true)));

        foreach (string member in Fleet.Members.Except([Fleet.Ensemble, Fleet.Sweep]))
            AssertUndisturbed(Run.Open(member, folder.Path), fleet.SpecificationOf(member), interruptions[member]);
        Assert.Single(fleet.AssertUndisturbed(Ensemble.Open(Fleet.Ensemble, folder.Path)).Changes);
        await fleet.AssertUndisturbedAsync(SweepView.Open(Fleet.Sweep, folder.Path));
        Long.Say(Name, $"{kills} kills, {interruptions.Values.Sum()} interruptions of training ({interruptions.Values.Min()} to "
            + $"{interruptions.Values.Max()} of each): the undisturbed results");

        async Task KillAsync(string member, Action<Process> wait)
        {
            using var process = fleet.Start(member);
            Assert.Equal("training", await process.StandardOutput.ReadLineAsync(Cancel));
            wait(process);
            process.Kill();
            await process.WaitForExitAsync(Cancel);
            // It may have ended before, on a busy machine.
            interruptions[member] += fleet.States().GetValueOrDefault(member) == RunState.Interrupted ? 1 : 0;
        }
    }

    void AssertUndisturbed(RunView view, RunSpecification specification, int interruptions)
    {
        new Straight(specification, view.EventLog, specification.Episodes!.Value).AssertSame(view, RunFiles.PathOf(folder.Path, view.Id));
        Assert.Equal(interruptions, view.EventLog.Count(e => e.Kind == RunEventKind.RunInterrupted));
        RunEventKind[] begun = view.Name == Fleet.Fork ? [RunEventKind.RunStarted, RunEventKind.Forked, RunEventKind.ParamChange]
            : [RunEventKind.RunStarted];
        Assert.Equal([.. begun, .. TrainingProcess.Given, RunEventKind.Completed],
            view.EventLog.Where(EventTable.Counts).Select(e => e.Kind));
        Assert.Single(view.CheckpointList, c => c.Name == "seven hundred");
        Assert.DoesNotContain(view.EventLog, e => e.Kind == RunEventKind.StoreError);
    }

    // By a process that has not registered the learner.
    void AssertReadable(RunView view, RunSpecification specification)
    {
        const string missing = "The learner 'qv-of-another-process' is not registered in this process, "
            + "so its run can be read but not trained or replayed. "
            + "Before you open the run, register the options with the Name 'qv-of-another-process': "
            + "LearnerCatalog.Register(() => new …()).";
        long last = view.Status().Episodes;
        Assert.Equal(missing, view.Status().Message);
        Assert.Equal(last, view.RawEpisodes(1, int.MaxValue).Length);
        Assert.NotEmpty(view.MetricBuckets(1, last, 100));
        var agent = view.Agent();
        Assert.Equal(new Reference(specification, view.EventLog).ToEpisode(agent.Episode).Visits, agent.Visits);
        Assert.Equal(SpecificationJson.Write(specification), SpecificationJson.Write(view.Specification));

        Assert.Equal(missing, Assert.Throws<InputException>(() => Run.Resume(view.Id, folder.Path)).Message);
        Assert.Equal(missing, Assert.Throws<InputException>(() => view.Fork(0, options: RunOptions.InMemory)).Message);
        Assert.Equal(missing, Assert.Throws<InputException>(() => view.Replay()).Message);
        Assert.Equal(missing, Assert.Throws<InputException>(() => view.ReplayEpisode(1)).Message);
        Assert.Equal([missing], StoreFolder.Verify(view.Id, folder.Path, cancellationToken: Cancel));
    }

    void AwaitWrite(Process process)
    {
        var before = Newest();
        Wait.Until(() => process.HasExited || Newest() != before, "Nothing was written.");

        DateTime Newest() => Directory.GetFiles(folder.Path, "*-wal").Select(File.GetLastWriteTimeUtc).DefaultIfEmpty().Max();
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
