namespace GridWorld;

/// <summary>
/// The current state of a run's training, and everything that advances it. It belongs to the trainer's thread or, if there is none, to the
/// thread that makes a request. Other threads may only read single values.
/// </summary>
internal sealed class LiveTraining
{
    public static readonly TimeSpan StopGrace = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan SettleTime = TimeSpan.FromMilliseconds(200);
    readonly TimeProvider time;
    readonly EpisodeHistory history;
    readonly EventLog log;
    readonly TrainingClock clock;
    long? stopBy;
    bool beginsPaused;

    public LiveTraining(RunOptions options, RunLoop runLoop, EpisodeHistory history, EventLog log, TrainingClock clock)
    {
        (time, this.history, this.log, this.clock) = (options.Time, history, log, clock);
        Driver = new(options, runLoop, history, log, clock);
        Saver = new(options, runLoop, history, log);
        Commands = new(log, Driver, Saver, Standing);
        Target = log.Specification.Episodes;
        beginsPaused = options.StartPaused;
    }

    public RunLoopDriver Driver { get; }

    public RunSaver Saver { get; }

    public BoundaryCommands Commands { get; }

    public RunState State { get; private set; } = RunState.Stopped;

    public long? Target { get; set; }

    public string? Error { get; private set; }

    /// <summary>The episode after which to pause.</summary>
    public long? PauseAfter { get; set; }

    public long Episode => Loop.Episodes;

    TrainingLoop Loop => Driver.RunLoop.Loop;

    public void Begin()
    {
        State = beginsPaused ? RunState.Paused : RunState.Training;
        stopBy = null;
        Driver.Speed.Start(Loop.Steps);
        Saver.Begin();
    }

    /// <summary>Allows a run that has ended to start again.</summary>
    public void Reopen() => (beginsPaused, Error) = (false, null);

    /// <summary>Does the work that is due, then trains for a few milliseconds.</summary>
    /// <returns>The time to wait for a request; null if the run has ended.</returns>
    public TimeSpan? Advance()
    {
        if (!Loop.InEpisode && EndsHere() || IsSpent())
            return null;
        if (Saver.IsProgressDue(Loop.Steps, State))
            Saver.Save(Standing());
        double grace = stopBy is { } by ? (double)(by - time.GetTimestamp()) / time.TimestampFrequency : double.PositiveInfinity;
        if (grace <= 0)
        {
            Driver.DropEpisode(Saver.Last);
            End(RunState.Stopped, RunEventKind.Stopped);
            return null;
        }

        if (State == RunState.Paused && stopBy is null)
            return Timeout.InfiniteTimeSpan;
        long allowed = Driver.Pacer.Allowed(Loop.Steps);
        if (allowed == 0)
            return TimeSpan.FromSeconds(Math.Min(Driver.Pacer.UntilNext(Loop.Steps).TotalSeconds, grace));
        Slice(allowed, stopBy is not null);
        return TimeSpan.Zero;
    }

    public RunEvent Pause()
    {
        var paused = log.Add(Loop.Episodes, RunEventKind.Paused);
        (State, PauseAfter) = (RunState.Paused, null);
        Settle();
        Driver.Speed.Stop(Loop.Steps);
        return paused;
    }

    public RunEvent Resume()
    {
        State = RunState.Training;
        Driver.Speed.Start(Loop.Steps);
        Driver.Pacer.Restart();
        return log.Add(Loop.Episodes, RunEventKind.Resumed);
    }

    public void StopSoon()
    {
        if (State is RunState.Training or RunState.Paused)
            stopBy ??= time.GetTimestamp() + (long)(StopGrace.TotalSeconds * time.TimestampFrequency);
    }

    public void SetPace(double? stepsPerSecond)
    {
        Driver.Pacer.StepsPerSecond = stepsPerSecond;
        Driver.Pacer.Restart();
        // Saves at once. Otherwise a run that is paused or takes one step per minute would be resumed at another pace.
        if (State is RunState.Training or RunState.Paused)
            Saver.Save(Standing());
    }

    public string SaveTo(string folder, string name, RunParent? parent) => Saver.SaveTo(folder, name, parent, Driver.RunLoop, Standing());

    public void SaveForExit()
    {
        bool isPaused = State == RunState.Paused;
        // This includes a run that was paused during an episode. The pause does not count as training time.
        if (isPaused && Loop.InEpisode)
            Driver.Speed.Start(Loop.Steps);
        if (State == RunState.Training || isPaused && Loop.InEpisode)
            Settle(atExit: true);
        if (isPaused)
            Driver.Speed.Stop(Loop.Steps);
        Saver.CloseForExit();
    }

    public void SaveAtEnd()
    {
        try
        {
            SaveHere();
            Saver.Flush();
        }
        catch (OutOfMemoryException)
        {
            // There is not enough memory for another copy, so the file keeps the previous checkpoint.
        }

        Saver.Report(Loop.Episodes);
    }

    public void End(RunState state, RunEventKind happened, string? message = null)
    {
        PauseAfter = null;
        Driver.Speed.Stop(Loop.Steps);
        Conclude(state, happened, message);
        Driver.Publish();
    }

    public void Fail(string message)
    {
        Error = message;
        End(RunState.Failed, RunEventKind.TrainingError, message);
    }

    void Slice(long allowed, bool isWatchful)
    {
        long until = Math.Min(Commands.Next, Math.Min(PauseAfter ?? long.MaxValue, Target ?? long.MaxValue));
        Driver.Slice(allowed, until, isWatchful || Loop.IsAtRest is not null || Saver.IsDue(Loop) || IsMemoryCheckpointDue());
    }

    // With a pace, a replay is faster than the training was.
    bool IsMemoryCheckpointDue() =>
        Saver.IsMemoryCheckpointDue(Loop.Steps, Driver.Pacer.StepsPerSecond is null ? Driver.Speed.StepsPerSecond : 0);

    // Does the work for this boundary; returns true if the run ends here.
    bool EndsHere()
    {
        Commands.TakeEffect();
        if (Loop.IsNonFinite)
        {
            Fail(RunLoopFault.NonFinite(Loop, log.Specification.World, Saver.HasOneBefore(Loop.Episodes)));
            return true;
        }

        if (Loop.Episodes >= Target || Loop.IsAtRest == true)
        {
            End(RunState.Completed, RunEventKind.Completed);
            return true;
        }

        if (stopBy is not null)
        {
            End(RunState.Stopped, RunEventKind.Stopped);
            return true;
        }

        if (PauseAfter <= Loop.Episodes)
            Pause();
        else if (Saver.IsDue(Loop))
            Saver.Save(Driver.RunLoop, Standing());
        else if (IsMemoryCheckpointDue())
            Saver.TakeMemoryCheckpoint(Driver.RunLoop);
        return false;
    }

    bool IsSpent()
    {
        if (!Driver.IsSpent)
            return false;
        End(RunState.Stopped, RunEventKind.Stopped);
        return true;
    }

    // Trains to the end of the episode if it is near, so that a checkpoint can be taken. With a pace, this happens only at exit, when no
    // one can see the jump.
    void Settle(bool atExit = false)
    {
        if (!Saver.HasFile)
            return;
        long begun = time.GetTimestamp();
        while (Loop.InEpisode && (atExit || Driver.Pacer.StepsPerSecond is null) && time.GetElapsedTime(begun) < SettleTime)
            Slice(long.MaxValue, isWatchful: true);
        SaveHere();
    }

    // Saves a checkpoint between two finite episodes, otherwise only the progress.
    void SaveHere()
    {
        if (Loop.InEpisode || Loop.IsNonFinite)
            Saver.Save(Standing());
        else
            Saver.Save(Driver.RunLoop, Standing());
    }

    // The result of the run is on disk before its end is reported. End event and state are committed together, so a crash leaves both or
    // none.
    void Conclude(RunState state, RunEventKind happened, string? message)
    {
        if (Saver.HasFile)
            SaveAtEnd();
        // A file of an earlier version can have the event without its checkpoint.
        if (happened == RunEventKind.Stopped || log.All.LastOrDefault(EventTable.Counts) is not { } last
            || last.Kind != happened || last.Episode != Loop.Episodes)
            log.Add(Loop.Episodes, happened, message: message, standing: Standing() with { State = state });
        State = state;
    }

    /// <summary>The progress of the run, for its file.</summary>
    StoredProgress Standing() => new(State, Loop.Episodes, Loop.Steps, Target, Driver.Speed.StepsPerSecond,
        history.MeanReturn(log.Specification.RecentEpisodes),
        Loop.Current, Driver.Pacer.StepsPerSecond, Error, log.LastSeq)
    {
        Clock = clock.Until(Loop.Episodes),
    };
}
