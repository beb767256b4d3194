using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>
/// A stored run that has ended, was interrupted, or is training in another process. Every answer opens the file, reads one consistent
/// moment and closes the file, so that it never blocks a process that trains or deletes the run. If the file is unchanged, answers are
/// cached.
/// </summary>
internal sealed class StoredRunView : RunView
{
    readonly string path;
    readonly TimeProvider time;
    readonly Lock gate = new();
    readonly Lazy<Mdp> mdp;
    readonly Lazy<Diagnosis> diagnosis;
    readonly Lazy<SolutionMonitor> solution;
    readonly RunHeader header;
    readonly IdleAnswers idle;
    EpisodeHistory history = new();
    long lastTakenUp;
    (AgentSnapshot Of, double Sum)? checksum;
    (AgentSnapshot Agent, RunStatus Status, Diagnostics Diagnostics)? health;
    (AgentSnapshot Agent, StoredCheckpoint Checkpoint)? agent;
    EpisodeIndex? index;
    (Tally Tally, List<RunEvent> Events) events = (Tally.None, []);

    /// <exception cref="InputException">The file is damaged.</exception>
    public StoredRunView(string path, TimeProvider time)
    {
        (this.path, this.time, idle) = (path, time, new(path));
        header = Read(RunHeader.Read);
        mdp = new(() => header.Specification.World.Compile());
        diagnosis = new(() => new(header.Specification));
        solution = new(() => new(header.Specification, Agent, () => Idle("progress", StoredProgress.Read).Settings.DiscountFactor, time));
    }

    public override string Id => header.Id;

    public override string Name => header.Name;

    public override RunSpecification Specification => header.Specification;

    public override ExactSolution? ExactSolution => Solution(Idle("moment", LastCheckpoint));

    public override ExactSolution? SolveExactly() => solution.Value.Settle();

    public override RunStatus Status()
    {
        // The file does not show whether its owner is alive.
        var (state, progress, settings, moment) = Idle("standing", c =>
        {
            var standing = StoredProgress.Read(c);
            return (State: StoredOwner.StateOf(c, standing.State, time), standing, InForce(c, standing), LastCheckpoint(c));
        }, known => known.State is not (RunState.Training or RunState.Paused));
        var learner = Specification.Learner as UnknownLearner;
        double? checksum = learner is null && state is (RunState.Completed or RunState.Stopped) ? Checksum(Agent()) : null;
        return RunStatus.Of(Id, Name, header.Parent,
            progress with { State = state, Settings = settings, Message = progress.Message ?? learner?.Missing }, checksum)
            .Judged(Solution(moment), solution.Value.WhyNot);
    }

    public override IReadOnlyList<MetricBucket> MetricBuckets(long start, long end, int points) => History().Returns(start, end, points);

    public override IReadOnlyList<MetricBucket> LengthBuckets(long start, long end, int points) => History().Lengths(start, end, points);

    internal override EpisodeRecord[] RawEpisodes(long first, int count) => Read<EpisodeRecord[]>(c =>
    {
        long end = StoredProgress.Read(c).Episode;
        first = Math.Max(first, 1);
        if (count < 1 || first > end)
            return [];
        var (index, rows) = EpisodeTable.Read(c, first - 1, end, count, Index(c));
        return [.. Enumerable.Range(0, rows.Count).Select(i => rows.Record(index + 1, i))];
    });

    public override IReadOnlyList<EpisodeRange> KeptEpisodes() =>
        Idle("kept", c => EpisodeTable.Kept(c, StoredProgress.Read(c).Episode, Index(c)));

    public override IReadOnlyList<RunEvent> EventsAfter(long seq) => Idle("events", Events).FindAll(e => e.Seq > seq);

    public override AgentSnapshot Agent() => Idle("agent", c =>
    {
        if (CheckpointTable.Newest(c) is not { } newest)
        {
            var untrained = new RunLoop(Specification, mdp.Value);
            untrained.Begin(Events(c));
            return untrained.Snapshot();
        }

        lock (gate)
        {
            if (agent is { } known && known.Checkpoint.Id == newest.Id && known.Checkpoint.Digest.AsSpan().SequenceEqual(newest.Digest))
                return known.Agent;
            var (runLoop, changes) = (new RunLoop(Specification, mdp.Value), Events(c));
            try
            {
                runLoop.Load(CheckpointTable.Read(c, newest, StoredRun.MostBytes(World)), changes);
            }
            catch (Exception e) when (e is StoreDamage || (e is InputException && Specification.Learner is not UnknownLearner))
            {
                throw StoreDamage.OfCheckpoint(newest.Episode, e.Message.TrimEnd('.'));
            }

            agent = (runLoop.Snapshot(), newest);
            return agent.Value.Agent;
        }
    });

    public override Diagnostics Diagnostics()
    {
        var copy = Agent();
        var status = Status();
        lock (gate)
        {
            if (health is { } known && known.Agent == copy && known.Status == status)
                return known.Diagnostics;
        }

        var now = diagnosis.Value.Of(copy, status, History());
        lock (gate)
            health = (copy, status, now);
        return now;
    }

    public override IReadOnlyList<CheckpointInfo> CheckpointList => Idle("checkpoints", c =>
    {
        long episodes = StoredProgress.Read(c).Episode;
        return StoredCheckpoint.Listed(CheckpointTable.List(c).FindAll(s => s.Episode <= episodes));
    });

    internal override (long Steps, double? Seconds)[] Reached(IReadOnlyList<long> episodes)
    {
        var (lately, clock) = (History(), Clock());
        return [.. episodes.Select(episode => (lately.StepsThrough(episode), clock.At(episode)))];
    }

    internal override TrainingClock Clock() => idle.Of("clock", () => Read(ClockTable.Read) ?? base.Clock());

    internal override Rewind Rewind() => Read(c =>
        new Rewind(Specification, mdp.Value, Events(c), StoredProgress.Read(c).Episode,
        episode => StoredRun.NearestCheckpoint(path, episode, World)));

    internal override Diagnosis Diagnosis => diagnosis.Value;

    internal override RunOptions OptionsOfFork =>
        header.Options.Apply(null) with { Store = System.IO.Path.GetDirectoryName(path), Time = time };

    internal override string? StorePath => path;

    /// <summary>The episodes so far. Only new episodes are read.</summary>
    internal override EpisodeHistory History() => Idle("history", c =>
    {
        long episodes = StoredProgress.Read(c).Episode,
            takenUp = c.One("SELECT max(seq) FROM event WHERE event = $0", RunEventKind.RunResumed) as long? ?? 0;
        lock (gate)
        {
            // A resumed run can differ after the checkpoint.
            long known = lastTakenUp == takenUp ? history.Episodes : 0;
            lastTakenUp = takenUp;
            if (episodes == known && episodes == history.Episodes)
                return history;
            if (known > 0 && episodes > known && episodes - known < EpisodeBuffer.Rows
                && EpisodeTable.ReadLast(c, episodes, episodes - known, Index(c)) is var (first, rows) && first == known)
                history.Add(rows, 0, rows.Count);
            else
                history = StoredRun.ReadHistory(c, episodes, Index(c));
            return history;
        }
    });

    T Idle<T>(string question, Func<SqliteConnection, T> read, Predicate<T>? lasts = null) => idle.Of(question, () => Read(read), lasts);

    double Checksum(AgentSnapshot copy)
    {
        lock (gate)
        {
            if (checksum is not { } known || known.Of != copy)
                checksum = (copy, RunStatus.Checksum(copy.Q.AsSpan()));
            return checksum.Value.Sum;
        }
    }

    T Read<T>(Func<SqliteConnection, T> read) => StoreFault.Explain(path, () =>
    {
        using var connection = StoreFile.Read(path);
        return connection.AtOneMoment(() => read(connection));
    });

    // The events, which are read again if they have changed.
    List<RunEvent> Events(SqliteConnection connection)
    {
        var tally = Seal.Of(connection)?.Tables[StoreTable.Event.Name];
        lock (gate)
        {
            if (tally is null || tally != events.Tally)
                events = (tally ?? Tally.None, StoredRun.ReadEvents(connection, header));
            return events.Events;
        }
    }

    // Three have a column; the others follow from the specification and the changes, as far as those can be read.
    Hyperparameters InForce(SqliteConnection connection, StoredProgress progress)
    {
        var options = RunLoop.OptionsAt(Specification, ReadableEvents(connection), progress.Episode);
        var inForce = new ScheduledHyperparameters(options).At(new(progress.Episode, progress.Step, 0, 0));
        foreach (var (name, value) in progress.Settings)
            inForce[name] = value;
        return inForce;
    }

    EpisodeIndex? Index(SqliteConnection connection) => index = EpisodeIndex.Read(connection, index);

    // None if they cannot be read. Who asks for the events is told.
    List<RunEvent> ReadableEvents(SqliteConnection connection)
    {
        try
        {
            return Events(connection);
        }
        catch (Exception e) when (e is InputException || StoreFault.IsOurs(e))
        {
            return [];
        }
    }

    ExactSolution? Solution((long Step, IReadOnlyList<RunEvent> Rewards) moment) => solution.Value.At(
        new RunWorld(World, mdp.Value).After(moment.Rewards).Tables.At(moment.Step), moment.Step);

    // The step of the newest checkpoint, which the agent is read from, and the changes of rewards before it.
    (long Step, IReadOnlyList<RunEvent> Rewards) LastCheckpoint(SqliteConnection connection)
    {
        var newest = Seal.Of(connection) is { } seal ? seal.Checkpoint : SealedCheckpoint.Newest(connection);
        return (newest?.Step ?? 0, RunLoop.Changes(ReadableEvents(connection), long.MinValue, newest?.Episode ?? 0));
    }
}
