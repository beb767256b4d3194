namespace GridWorld.Tests;

public sealed class DiskFaultTests : IDisposable
{
    const string Name = "faults";
    static readonly int Cases = (int)Long.Count(Name, 100, 600);
    const long Episodes = 200;
    readonly TemporaryFolder folder = new();

    static RunSpecification Lake => new(Worlds.FrozenLake4x4(), new QLearning(), Seed: 11, Episodes: Episodes);

    [Fact]
    public void Disk_that_fails_at_any_moment_costs_nothing_but_the_store()
    {
        long moments = Moments();
        ulong seed = Long.Seed(Name, 5);
        Long.Say(Name, $"seed {seed}, {Cases} disks that fail at one of {moments} moments");
        var random = Rng.Streams(seed).World;
        var faults = Enum.GetValues<DiskFault>()[1..];
        int errors = 0, recovered = 0;
        for (int i = 0; i < Cases; i++)
        {
            string store = Path.Combine(folder.Path, $"{i}");
            var fault = faults[i % faults.Length];
            using var disk = new FaultyDisk(store, (ulong)i) { Fault = fault, FailAt = 1 + random.Below((int)moments) };
            bool heals = i / faults.Length % 2 == 0;
            string which = $"Case {i}: {fault} from moment {disk.FailAt} on{(heals ? ", well again after a third of the run" : "")}.";
            var given = new List<RunEvent>();
            Run run;
            try
            {
                run = Trained(store, disk, given, heals);
            }
            catch (InputException e)
            {
                Assert.True(e.Message.StartsWith("The run cannot be stored in", StringComparison.Ordinal), $"{which} {e}");
                Assert.False(Directory.Exists(store), which);
                errors++;
                continue;
            }

            // In memory all is well, and where the store failed it was said, and when that was over too.
            Assert.True((run.State, run.Episodes) == (RunState.Completed, Episodes), which);
            Assert.True(new Straight(Lake, run.EventLog, Episodes).Values.SequenceEqual(run.Agent().Q), which);
            var said = run.EventLog.Where(e => e.Kind is RunEventKind.StoreError or RunEventKind.StoreRecovered).ToList();
            Assert.True(said.Select(e => e.Kind)
                .SequenceEqual(Enumerable.Range(0, said.Count)
                    .Select(k => k % 2 == 0 ? RunEventKind.StoreError : RunEventKind.StoreRecovered)),
                which);
            Assert.True(run.StoreError is null == (said.Count % 2 == 0), $"{which} {run.StoreError}");
            Assert.True(said.Count == 0 || disk.HasFailed, which);
            Assert.True(run.StoreError is null || !heals, $"{which} The disk is well again, but {run.StoreError}");
            errors += said.Count > 0 ? 1 : 0;
            recovered += said.Count > 0 && run.StoreError is null ? 1 : 0;

            // On disk is one moment of it, with every command that was given while it could be written: where it can be now, the end.
            disk.Heal();
            string path = RunFiles.PathOf(store, run.Id);
            Assert.True(StoredRunCheck.Of(path) is [], $"{which} {string.Join(" ", StoredRunCheck.Of(path))}");
            if (run.StoreError is null)
            {
                var stored = Run.Open(run.Id, store);
                Assert.True(stored.EventLog.SequenceEqual(run.EventLog), which);
                Assert.True((stored.Status().State, stored.Status().Episodes) == (RunState.Completed, Episodes), which);
                Assert.True(stored.Agent().Q.SequenceEqual(run.Agent().Q), which);
            }

            AssertGoesOn(store, run.Id, run.StoreError is null ? run.EventLog : given, i, which);
        }

        Long.Say(Name, $"{Cases} disks that fail: {errors} times the run said so, {recovered} times the store recovered before the end");
        Assert.InRange(errors, Cases / 3, Cases);
        Assert.InRange(recovered, Cases / 6, errors);
    }

    [Fact]
    public void Power_cut_at_any_moment_leaves_a_run_that_goes_on_to_the_same_bits()
    {
        long moments = Moments();
        ulong seed = Long.Seed(Name, 6);
        Long.Say(Name, $"seed {seed}, {Cases} power cuts at one of {moments} moments");
        var random = Rng.Streams(seed).World;
        int cut = 0;
        for (int i = 0; i < Cases; i++)
        {
            string store = Path.Combine(folder.Path, $"{i}"),
                after = Directory.CreateDirectory(Path.Combine(folder.Path, $"{i}-after")).FullName;
            using var disk = new FaultyDisk(store, (ulong)i) { CutAt = 1 + random.Below((int)moments) };
            string which = $"Case {i}: cut at moment {disk.CutAt}.";
            var given = new List<RunEvent>();
            var run = Trained(store, disk, given);
            if (disk.Left is null)
                continue;
            foreach (var (path, bytes) in disk.Left)
                File.WriteAllBytes(Path.Combine(after, Path.GetFileName(path)), bytes);
            using var sound = new FaultyDisk(after);
            if (!File.Exists(RunFiles.PathOf(after, run.Id)))
            {
                Assert.True(given.Count == 0, which);
                continue;
            }

            cut++;
            AssertGoesOn(after, run.Id, given, i, which);
        }

        Long.Say(Name, $"{Cases} power cuts: {cut} left a file, and each went on to the straight run");
        Assert.InRange(cut, Cases / 2, Cases);
    }

    // How many writes and syncs there are about, where nothing fails.
    long Moments()
    {
        string store = Path.Combine(folder.Path, "sound");
        using var disk = new FaultyDisk(store);
        var run = Trained(store, disk);
        Assert.DoesNotContain(run.EventLog, e => e.Kind == RunEventKind.StoreError);
        return disk.Moments;
    }

    /// <summary>
    /// A run that is given commands, with what was surely on disk: before any power cut, and while the store did not fail.
    /// </summary>
    static Run Trained(string store, FaultyDisk disk, List<RunEvent>? given = null, bool heals = false)
    {
        var run = Run.Start(Lake, new() { Store = store, CheckpointEvery = 20, StartPaused = true });
        Note(run.EventLog[^1]);
        Note(run.Set(epsilon: 0.3)[0]);
        try
        {
            Note(run.SaveCheckpoint("start"));
        }
        catch (InputException e)
        {
            Assert.Contains("The checkpoint 'start' cannot be saved", e.Message, StringComparison.Ordinal);
        }

        run.Advance(Episodes / 3);
        Wait.Until(() => run.State == RunState.Paused, "It did not pause.");
        if (heals)
            disk.Heal();
        run.Resume();
        try
        {
            Note(run.Set(learningRate: 0.2)[0]);
        }
        catch (InputException)
        {
            // It has come to its end already.
        }

        run.Completion.Wait(TestContext.Current.CancellationToken);
        return run;

        void Note(RunEvent e)
        {
            if (disk.Left is null && run.StoreError is null)
                given?.Add(e);
        }
    }

    static void AssertGoesOn(string store, string id, IReadOnlyList<RunEvent> given, int i, string which)
    {
        var again = Run.Resume(id, store);
        again.Completion.Wait(TestContext.Current.CancellationToken);
        Assert.True(again.State == RunState.Completed, which);
        Assert.Null(again.StoreError);
        Assert.True(given.All(again.EventLog.Contains), which);
        var straight = new Straight(Lake, again.EventLog, Episodes);
        Assert.True(straight.Values.SequenceEqual(again.Agent().Q), which);
        Assert.True(straight.History.Returns(1, Episodes, 1000).SequenceEqual(again.MetricBuckets(1, Episodes, 1000)), which);
        // The file itself is read through for some: that takes longest.
        if (i % 5 == 0)
            straight.AssertSame(Run.Open(id, store), RunFiles.PathOf(store, id));
    }

    public void Dispose() => folder.Dispose();
}
