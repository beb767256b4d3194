namespace GridWorld;

public sealed class BitFlipTests : IDisposable
{
    // GRIDWORLD_TEST_FLIPS makes it longer.
    static readonly int Cases = int.TryParse(Environment.GetEnvironmentVariable("GRIDWORLD_TEST_FLIPS"), out int cases) ? cases : 1000;
    static readonly RunSpecification Specification = new(Worlds.FrozenLake4x4(), new QLearning(), Seed: 11, Episodes: 150);
    readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Flipped_bits_give_the_right_data_or_a_clear_error()
    {
        var run = Run.Start(Specification, folder.Options with { StartPaused = true });
        run.Set(epsilon: 0.3);
        run.SaveCheckpoint("start");
        run.Resume();
        await run;
        string path = folder.FileOf(run), id = run.Id;
        byte[] good = File.ReadAllBytes(path);
        var right = Read(id);
        var random = Rng.Streams(99).World;
        int errors = 0;
        for (int i = 0; i < Cases; i++)
        {
            byte[] bad = [.. good];
            var flips = Enumerable.Range(0, 1 + random.Below(3)).Select(_ => (Place: random.Below(bad.Length), Bit: 1 << random.Below(8))).ToList();
            foreach (var (place, bit) in flips)
                bad[place] ^= (byte)bit;
            File.WriteAllBytes(path, bad);
            string which = $"Case {i}: {string.Join(", ", flips)}.";
            try
            {
                Compare(right, Read(id), which);
            }
            catch (InputException e)
            {
                Assert.Contains(path, e.Message, StringComparison.Ordinal);
                errors++;
            }

            Assert.True(File.ReadAllBytes(path).AsSpan().SequenceEqual(bad), $"{which} Reading changed the file.");
            if (i % 20 == 0)
                Resume(id, run.EventLog, which);
            DeleteLogs(path);
        }

        Assert.InRange(errors, Cases / 100, Cases - 1);
    }

    [Fact]
    public async Task Reads_that_fail_give_the_right_data_or_a_clear_error()
    {
        var run = Run.Start(Specification, folder.Options with { StartPaused = true });
        run.SaveCheckpoint("start");
        run.Resume();
        await run;
        string path = folder.FileOf(run);
        byte[] good = File.ReadAllBytes(path);
        using var disk = new FaultyDisk(folder.Path);
        var right = Read(run.Id);
        var (reads, errors, random) = ((int)disk.Reads, 0, Rng.Streams(98).World);
        Assert.InRange(reads, 10, 10_000);
        for (int i = 0; i < 150; i++)
        {
            int at = random.Below(reads);
            (disk.FailReadAt, disk.FailReads) = (disk.Reads + 1 + at, i % 2 == 0 ? long.MaxValue : 1);
            string which = $"Case {i}: read {at} and {disk.FailReads - 1} more fail.";
            try
            {
                Compare(right, Read(run.Id), which);
            }
            catch (InputException e)
            {
                Assert.True(e.Message.Contains(path, StringComparison.Ordinal) && e.Message.Contains("the disk failed", StringComparison.Ordinal), $"{which} {e}");
                errors++;
            }

            Assert.True(File.ReadAllBytes(path).AsSpan().SequenceEqual(good), $"{which} Reading changed the file.");
            if (i % 5 == 0)
            {
                disk.FailReadAt = disk.Reads + 1 + at;
                Resume(run.Id, run.EventLog, which);
                File.WriteAllBytes(path, good);
                DeleteLogs(path);
            }
        }

        disk.FailReadAt = long.MaxValue;
        Compare(right, Read(run.Id), "On a disk that is well again.");
        Assert.InRange(errors, 75, 150);
    }

    (RunSummary Summary, RunStatus Status, MetricBucket[] Metrics, EpisodeRecord[] Episodes, IReadOnlyList<RunEvent> Events, AgentSnapshot Agent) Read(string id)
    {
        var summary = StoreFolder.Find(id, folder.Path);
        if (summary.Error is not null)
            throw new InputException(summary.Error);
        var view = StoreFolder.View(id, folder.Path);
        return (summary, view.Status() with { QChecksum = null }, view.Metrics(1, 1000, 20), view.Episodes(1, 1000), view.Events(), view.Agent());
    }

    void DeleteLogs(string path)
    {
        foreach (string beside in Directory.GetFiles(folder.Path).Where(f => f != path))
            File.Delete(beside);
    }

    static void Compare((RunSummary Summary, RunStatus Status, MetricBucket[] Metrics, EpisodeRecord[] Episodes, IReadOnlyList<RunEvent> Events, AgentSnapshot Agent) right,
        (RunSummary Summary, RunStatus Status, MetricBucket[] Metrics, EpisodeRecord[] Episodes, IReadOnlyList<RunEvent> Events, AgentSnapshot Agent) read, string which)
    {
        Assert.True(right.Summary == read.Summary, which);
        Assert.True(Plain(right.Status) == Plain(read.Status), which);
        Assert.True(right.Metrics.SequenceEqual(read.Metrics), which);
        // Fewer raw rows and an older checkpoint are what a damaged file may come down to; wrong ones are not.
        Assert.True(read.Episodes.All(right.Episodes.Contains), which);
        Assert.True(right.Events.SequenceEqual(read.Events), which);
        Assert.True(read.Agent.Episode < right.Agent.Episode || read.Agent.Q.SequenceEqual(right.Agent.Q), which);

        static RunStatus Plain(RunStatus status) => status with
        {
            GreedyValue = null, OptimalValue = null, OptimalReturn = null, OptimalActionShare = null, TruthEpisode = null, Proper = null,
        };
    }

    // Resumed, the run either comes to its end as it should, or is refused.
    void Resume(string id, IReadOnlyList<RunEvent> events, string which)
    {
        try
        {
            var again = Run.Resume(id, folder.Path, options: new() { Store = folder.Path });
            again.Completion.Wait(TestContext.Current.CancellationToken);
            var straight = new Straight(Specification, events, 150);
            Assert.True(straight.History.Returns(1, 150, 50).SequenceEqual(again.View.Metrics(1, 150, 50)), which);
            Assert.True(straight.Values.SequenceEqual(again.View.Agent().Q), which);
        }
        catch (InputException)
        {
            // Refused, with a message.
        }
    }

    public void Dispose() => folder.Dispose();
}
