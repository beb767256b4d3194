namespace GridWorld.Tests;

/// <summary>Compares all that can be seen of a run with a reference trained by its specification and the changes it was given.</summary>
internal sealed class CourseCheck(RunSpecification specification, IReadOnlyList<RunEvent> given, Run run, string store, Plant plant)
{
    string Path => RunFiles.PathOf(store, run.Id);

    Reference Straight => new(specification, plant == Plant.SwappedChanges ? SwappedChanges.In(given) : given);

    /// <summary>Whether an event is a part of what the run is.</summary>
    public static bool IsOfTheRun(RunEvent e) => e.IsChange || e.Kind == RunEventKind.Checkpoint;

    /// <summary>
    /// The events are numbered without gaps, those that a command returned are there, and none says that anything is wrong.
    /// </summary>
    public void Events() => Events(run.EventLog);

    /// <summary>The run in this process, which is paused or has ended.</summary>
    public void Memory()
    {
        var agent = run.Agent();
        var straight = Straight.ToStep(agent.Step);
        Same(straight, agent);
        Same(straight, run);
    }

    /// <summary>What is in the file, also while the run trains.</summary>
    public void File()
    {
        var straight = Straight;
        using (var connection = StoreFile.Read(Path))
        {
            connection.AtOneMoment(() =>
            {
                long episodes = StoredProgress.Read(connection).Episode;
                Events(StoredRun.ReadEvents(connection, RunHeader.Read(connection)));
                foreach (var stored in CheckpointTable.List(connection, damage => Assert.Fail(damage)))
                {
                    Assert.InRange(stored.Episode, 0, episodes);
                    var sections = CheckpointTable.Read(connection, stored, long.MaxValue).Sections;
                    straight.ToEpisode(stored.Episode);
                    Assert.Equal(straight.Step, stored.Step);
                    foreach (var (one, other) in straight.Sections.Zip(sections))
                        Assert.True(one.Name == other.Name && one.Bytes.AsSpan().SequenceEqual(other.Bytes),
                            $"The part '{other.Name}' of the checkpoint after episode {stored.Episode} differs.");
                }

                return true;
            });
        }

        var agent = Run.Open(run.Id, store).Agent();
        Same(Straight.ToEpisode(agent.Episode), agent);
    }

    /// <summary>The agent and the steps of an episode that is over.</summary>
    public void Past(long episode)
    {
        var straight = Straight.ToEpisode(episode);
        var agent = run.AgentAt(episode);
        Same(straight, agent);
        var row = straight.History.Records(episode, 1)[0];
        var steps = run.ReplayEpisode(episode);
        Assert.Equal((row.Length, row.Return), (steps.Count, steps.Aggregate(0.0, (sum, s) => sum + s.Reward)));
        var stored = Run.Open(run.Id, store);
        if (stored.Status().Episodes >= episode)
            Same(straight, stored.AgentAt(episode));
    }

    /// <summary>The run, its file and what is written from it, after its end.</summary>
    public void Ended()
    {
        Memory();
        File();
        Assert.Equal([], StoreFolder.Verify(run.Id, store));
        var stored = Run.Open(run.Id, store);
        var (live, status) = (run.Status(), stored.Status());
        Assert.Equal((live.State, live.Episodes, live.Steps, live.TargetEpisodes, live.QChecksum, live.LastEventSeq),
            (status.State, status.Episodes, status.Steps, status.TargetEpisodes, status.QChecksum, status.LastEventSeq));
        var straight = Straight.ToEpisode(live.Episodes);
        Same(straight, stored);
        Same(straight, stored.Agent());
        Assert.Equal(given.Where(e => e.Kind == RunEventKind.Checkpoint && e.Episode <= live.Episodes).Select(e => (e.Episode, e.Message))
            .Distinct().Order(),
            stored.CheckpointList.Where(c => c.Name is not null).Select(c => (c.Episode, c.Name)).Order());
        CourseExports.Check(stored, straight);
    }

    void Events(IReadOnlyList<RunEvent> events)
    {
        Assert.Equal(Enumerable.Range(1, events.Count), events.Select(e => (int)e.Seq));
        Assert.Equal(given.Select(Content), events.Where(IsOfTheRun).Select(Content));
        Assert.DoesNotContain(events, e => e.Kind is RunEventKind.StoreError or RunEventKind.TrainingError);
        static (long, long, RunEventKind, string?, string?, string?) Content(RunEvent e) =>
            (e.Seq, e.Episode, e.Kind, e.Param, e.NewValue, e.Message);
    }

    static void Same(Reference straight, AgentSnapshot agent)
    {
        Assert.Equal((straight.Episode, straight.Step), (agent.Episode, agent.Step));
        Assert.True(straight.Q.AsSpan().SequenceEqual(agent.Q.AsSpan()),
            $"The values after episode {agent.Episode}, step {agent.Step}, differ.");
        Assert.True(straight.Visits.AsSpan().SequenceEqual(agent.Visits.AsSpan()),
            $"The visits after episode {agent.Episode}, step {agent.Step}, differ.");
    }

    static void Same(Reference straight, RunView view)
    {
        var (n, status, history) = (straight.Episode, view.Status(), straight.History);
        Assert.Equal((n, straight.Step), (status.Episodes, status.Steps));
        Assert.Equal((straight.Current.LearningRate, straight.Current.DiscountFactor),
            (status.Settings.LearningRate, status.Settings.DiscountFactor));
        // Between two episodes a schedule is at the last or at the next.
        if (straight.Options.Epsilon is ConstantSchedule)
            Assert.Equal(straight.Current.Epsilon, status.Settings.Epsilon);
        Assert.Equal(history.MeanReturn(100), status.MeanReturnLast100);
        foreach (int points in (int[])[1, 7, 100])
        {
            Assert.Equal(history.Returns(1, n, points), view.MetricBuckets(1, n, points));
            Assert.Equal(history.Lengths(n / 3, n, points), view.LengthBuckets(n / 3, n, points));
        }

        Assert.Equal(history.Records(1, 100_000), view.RawEpisodes(1, 100_000));
    }
}
