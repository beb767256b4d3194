using System.Globalization;

namespace GridWorld;

/// <summary>
/// Trains a run on a separate thread and accepts its commands. The thread owns the training and all its data; other threads send requests
/// to a mailbox, which are answered between two slices. A change is first committed as an event and takes effect at the event's episode
/// boundary.
/// </summary>
internal sealed class Trainer : IBackgroundTraining
{
    const string Left = "The learner did not return from a step. Its thread was abandoned, and its unfinished episode was dropped.";
    static readonly TimeSpan LeaveAfter = TimeSpan.FromSeconds(2);
    readonly LiveTraining training;
    readonly Mailbox mailbox;
    TaskCompletionSource completion = NewCompletion();
    bool goesOn;

    public Trainer(RunOptions options, RunLoop runLoop, EpisodeHistory history, EventLog log, TrainingClock? clock = null)
    {
        (Options, History, Log, Clock) = (options, history, log, clock ?? new());
        training = new(options, runLoop, history, log, Clock);
        mailbox = new(() => training.Saver.Report(training.Episode));
    }

    /// <summary>The id of the run; empty for a replay.</summary>
    public string Id => Log.RunId;

    public RunSpecification Specification => Log.Specification;

    public RunOptions Options { get; }

    public EpisodeHistory History { get; }

    public EventLog Log { get; }

    /// <summary>The end of each episode in seconds of training.</summary>
    public TrainingClock Clock { get; }

    public long? Target => training.Target;

    public RunState State => training.State;

    public string? Error => training.Error;

    public Task Completion => completion.Task;

    public double? Pace => training.Driver.Pacer.StepsPerSecond;

    public double StepsPerSecond => training.Driver.Speed.StepsPerSecond;

    /// <summary>The newest counters and hyperparameters. The object is replaced between slices.</summary>
    public TrainerProgress Progress => training.Driver.Progress;

    /// <summary>The progress as a status shows it; any thread may read it.</summary>
    public StoredProgress Standing
    {
        get
        {
            var (state, now) = (State, Progress);
            return new(state, now.Episode, now.Step, Target, StepsPerSecond, History.MeanReturn(Specification.RecentEpisodes), now.Current,
                Pace, Error, Log.LastSeq);
        }
    }

    /// <summary>The steps of the first episodes, if the options request them.</summary>
    public IReadOnlyList<EpisodeTrace> Traces => training.Driver.Traces;

    /// <summary>The checkpoints on disk.</summary>
    public IReadOnlyList<CheckpointInfo> Checkpoints => training.Saver.Checkpoints;

    /// <summary>The hash of the tables, counts and random state; null during an episode.</summary>
    public string? Hash => training.Driver.Loop.InEpisode ? null : training.Driver.Loop.Hash();

    /// <summary>The longest time that training paused for a checkpoint.</summary>
    public TimeSpan LongestPause => training.Saver.LongestPause;

    /// <summary>The path of the run file; null if there is none or it cannot be used.</summary>
    public string? StorePath => training.Saver.Path;

    /// <summary>The reason that the run file is not up to date; null if it is, or if there is none.</summary>
    public string? StoreError => training.Saver.Failure;

    /// <summary>The newest checkpoint, in memory or on disk, that is not after an episode.</summary>
    public Checkpoint? Nearest(long episode) => training.Saver.Nearest(episode);

    /// <summary>Sets the target of a resumed run, which its events determine.</summary>
    public void SetTarget(long? target) => training.Target = target;

    /// <summary>Queues the commands whose events were committed before a crash.</summary>
    public void Requeue(IEnumerable<RunEvent> committed) => training.Commands.Requeue(committed);

    /// <summary>Starts the thread, or a new one after the run has ended.</summary>
    public void Start() => mailbox.Open(() =>
    {
        training.Begin();
        if (completion.Task.IsCompleted)
            completion = NewCompletion();
        goesOn = false;
        var mine = completion;
        return new(() => Main(mine)) { IsBackground = true, Name = $"GridWorld {Id}" };
    });

    public T Ask<T>(Func<T> question) => mailbox.Ask(question);

    public RunEvent? Pause() => Ask(() =>
    {
        RequireLive("pause");
        return State == RunState.Training ? training.Pause() : null;
    });

    public RunEvent? Resume() => Ask(() =>
    {
        RequireLive("resume");
        training.PauseAfter = null;
        return State == RunState.Paused ? training.Resume() : null;
    });

    /// <summary>Trains the given number of episodes, then pauses. The current episode counts as the first.</summary>
    public void Advance(long episodes) => mailbox.Ask(() =>
    {
        training.PauseAfter = training.Episode + episodes;
        if (State == RunState.Paused)
            training.Resume();
        if (State == RunState.Training)
            return;
        RequireThread();
        if (Target < training.PauseAfter)
            RaiseTarget(training.PauseAfter.Value);
        else
            Log.Add(training.Episode, RunEventKind.Resumed);
        GoOn();
    });

    /// <summary>Stops at the end of the episode, or drops the episode if it takes longer than the grace period.</summary>
    public void Stop()
    {
        var heard = NewCompletion();
        mailbox.Post(() =>
        {
            training.StopSoon();
            heard.SetResult();
        });
        // A user's learner may never return. Then its thread is abandoned, and the run ends without it. The thread of a built-in learner
        // always answers, even on a busy machine.
        if (!Specification.Learner.IsForeign || heard.Task.IsCompleted || mailbox.Owner is not { } watched)
            return;
        _ = Task.WhenAny(heard.Task, Task.Delay(LiveTraining.StopGrace + LeaveAfter, Options.Time)).ContinueWith(_ =>
        {
            if (!heard.Task.IsCompleted)
                mailbox.TakeOver(watched, () => Leave(watched), () => Retire(completion));
        }, TaskScheduler.Default);
    }

    public void SetPace(double? stepsPerSecond) => mailbox.Ask(() => training.SetPace(stepsPerSecond));

    /// <summary>Changes hyperparameters: commits one event for each, then applies the change at the event's boundary.</summary>
    public RunEvent[] Set(IReadOnlyDictionary<string, Schedule> changes) => Ask(() =>
    {
        RequireLive("change hyperparameters of");
        return training.Commands.Set(changes);
    });

    /// <summary>Changes the reward of entering a cell, which must exist.</summary>
    public RunEvent SetReward(CellReward to) => Ask(() =>
    {
        RequireLive("change rewards of");
        return training.Commands.SetReward(to);
    });

    /// <param name="given">The name; null to name the checkpoint by its episode.</param>
    public RunEvent SaveCheckpoint(string? given) => Ask(() =>
    {
        var named = training.Commands.SaveCheckpoint(given);
        if (mailbox.Owner is null)
            training.Saver.Close();
        return named;
    });

    public void Continue(long episodes) => mailbox.Ask(() =>
    {
        RequireThread();
        RaiseTarget((Target ?? training.Episode) + episodes);
        if (State is not (RunState.Training or RunState.Paused))
            GoOn();
    });

    /// <summary>Copies the agent's tables.</summary>
    public AgentSnapshot Snapshot() => Ask(() => training.Driver.RunLoop.Snapshot());

    /// <summary>Copies the agent's tables for one state; null selects the agent's state.</summary>
    public AgentRow Row(int? state) => Ask(() => training.Driver.RunLoop.Row(state));

    /// <summary>Writes the current run as a file to another folder.</summary>
    public string SaveTo(string folder, string name, RunParent? parent) => Ask(() => training.SaveTo(folder, name, parent));

    /// <summary>Saves the run while the process exits: a checkpoint if a boundary is near, otherwise the progress.</summary>
    public ManualResetEventSlim? SaveForExit()
    {
        if (StorePath is null)
            return null;
        var done = new ManualResetEventSlim();
        mailbox.Post(() =>
        {
            training.SaveForExit();
            done.Set();
        });
        return done;
    }

    static TaskCompletionSource NewCompletion() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    void Main(TaskCompletionSource ended)
    {
        var activity = Id.Length == 0 ? null : RunTelemetry.BeginTraining(Id, Specification);
        try
        {
            while (!training.Driver.IsLeft)
            {
                mailbox.Answer();
                if (training.Advance() is not { } idle)
                    break;
                if (idle != TimeSpan.Zero)
                    mailbox.Wait(idle);
            }
        }
        catch (Exception e)
        {
            if (training.Driver.IsLeft)
                return;
            training.Fail(training.Driver.Describe(e, training.Saver.Last));
        }

        if (training.Driver.IsLeft)
            return;
        training.SaveAtEnd();
        if (Id.Length > 0)
            RunTelemetry.EndTraining(activity, State, Progress.Episode, Progress.Step, Error);
        mailbox.Close(() => Retire(ended));
    }

    void Leave(Thread watched)
    {
        training.Driver.Leave(watched, training.Saver.Last);
        training.End(RunState.Stopped, RunEventKind.Stopped, Left);
    }

    // If continuation was requested, another thread continues and keeps the file open. A closed file could be opened or deleted by another
    // process before the next save.
    void Retire(TaskCompletionSource ended)
    {
        if (goesOn)
            Start();
        else
            training.Saver.Close();
        ended.TrySetResult();
    }

    void GoOn()
    {
        training.Reopen();
        if (mailbox.Owner is null)
            Start();
        else if (!goesOn)
            (goesOn, completion) = (true, NewCompletion());
    }

    void RaiseTarget(long target)
    {
        Log.Add(training.Episode, RunEventKind.Continued, "episodes", Target?.ToString(CultureInfo.InvariantCulture),
            target.ToString(CultureInfo.InvariantCulture));
        training.Target = target;
    }

    void RequireLive(string what)
    {
        if (State is not (RunState.Training or RunState.Paused))
            throw new InputException($"Cannot {what} a run that is {State.ToString().ToLowerInvariant()}. "
                + "Use Continue(episodes) to train more episodes, or Fork to start a new run from it.");
    }

    // An abandoned thread may still write its rows into the same buffer, and another process may have opened the file.
    void RequireThread()
    {
        if (training.Driver.WasLeft)
            throw new InputException($"{Left} Start a new run with a learner that returns.");
        training.Saver.TakeFile();
    }
}
