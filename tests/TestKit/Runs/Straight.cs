namespace GridWorld.Tests;

/// <summary>The run that nothing ever interrupted, to compare with.</summary>
internal sealed class Straight
{
    readonly Trainer trainer;
    readonly RunLoop runLoop;

    /// <param name="specification">What it is.</param>
    /// <param name="events">The events whose commands it is given.</param>
    /// <param name="episodes">How many episodes it runs.</param>
    public Straight(RunSpecification specification, IEnumerable<RunEvent> events, long episodes)
    {
        runLoop = new(specification, specification.World.Compile());
        trainer = new(RunOptions.InMemory, runLoop, new(), new("", specification, TimeProvider.System));
        trainer.Requeue(events.Where(e => e.IsChange));
        trainer.SetTarget(episodes);
        trainer.Start();
        trainer.Completion.Wait(TestContext.Current.CancellationToken);
    }

    public EpisodeHistory History => trainer.History;

    public Checkpoint Checkpoint => runLoop.Checkpoint(0);

    public double[] Values => runLoop.Loop.Values.Values.ToArray();

    /// <summary>Asserts that a view and the newest checkpoint of its file are this run, bit for bit.</summary>
    public void AssertSame(RunView view, string path)
    {
        long n = History.Episodes;
        Assert.Equal(n, view.Status().Episodes);
        Assert.Equal(Checkpoint.Step, view.Status().Steps);
        using (var connection = StoreFile.Read(path))
        {
            var stored = CheckpointTable.List(connection)[^1];
            AssertSame(Checkpoint, CheckpointTable.Read(connection, stored, long.MaxValue));
        }

        Assert.Equal(runLoop.Loop.Values.Values.ToArray(), view.Agent().Q);
        Assert.Equal(runLoop.Loop.Visits.ToArray(), view.Agent().Visits);
        foreach (int points in (int[])[1, 7, 100, 1000])
        {
            Assert.Equal(History.Returns(1, n, points), view.MetricBuckets(1, n, points));
            Assert.Equal(History.Lengths(n / 3, n, points), view.LengthBuckets(n / 3, n, points));
        }

        Assert.Equal(History.Records(1, 100_000), view.RawEpisodes(1, 100_000));
    }

    static void AssertSame(Checkpoint expected, Checkpoint actual)
    {
        Assert.Equal((expected.Episode, expected.Step), (actual.Episode, actual.Step));
        Assert.Equal(expected.Sections.Select(s => s.Name), actual.Sections.Select(s => s.Name));
        foreach (var (one, other) in expected.Sections.Zip(actual.Sections))
            Assert.True(one.Bytes.AsSpan().SequenceEqual(other.Bytes), $"The part '{one.Name}' differs.");
    }

    /// <summary>Events without what a resume may change: numbers, times, interruptions.</summary>
    public static IEnumerable<object> Comparable(IEnumerable<RunEvent> events) =>
        events.Where(EventTable.Counts).Select(e => (object)(e.Episode, e.Word, e.Param, e.OldValue, e.NewValue, e.Message));
}
