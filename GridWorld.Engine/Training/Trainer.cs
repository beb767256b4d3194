using System.Globalization;

namespace GridWorld;

/// <summary>
/// Trains a run on a thread of its own and takes the commands for it. That thread owns the training and everything in it; others ask it
/// through a mailbox, between two slices. A change is committed as an event first, and takes effect at the episode boundary that its
/// event names.
/// </summary>
internal sealed class Trainer
{
    const string Left = "The learner did not return from a step: its thread was left behind, and what it had not finished was dropped.";
    static readonly TimeSpan LeaveAfter = TimeSpan.FromSeconds(2);
    readonly LiveTraining training;
    readonly Mailbox mailbox;
    TaskCompletionSource completion = NewCompletion();
    bool goesOn;

    public Trainer(RunOptions options, Course course, EpisodeHistory history, EventLog log, TrainingClock? clock = null)
    {
        (Options, History, Log, Clock) = (options, history, log, clock ?? new());
        training = new(options, course, history, log, Clock);
        mailbox = new(() => training.Saver.Report(training.Episode));
    }

    /// <summary>The run's id; empty where past training is only run again.</summary>
    public string Id => Log.RunId;

    public RunSpecification Specification => Log.Specification;

    public RunOptions Options { get; }

    public EpisodeHistory History { get; }

    public EventLog Log { get; }

    /// <summary>When which episode was over, in seconds of training.</summary>
    public TrainingClock Clock { get; }

    public long? Target => training.Target;

    public RunState State => training.State;

    public string? Error => training.Error;

    public Task Completion => completion.Task;

    public double? Pace => training.Driver.Pacer.StepsPerSecond;

    public double StepsPerSecond => training.Driver.Speed.StepsPerSecond;

    /// <summary>The newest counters and hyperparameters; replaced as a whole between slices.</summary>
    public TrainerProgress Progress => training.Driver.Progress;

    /// <summary>The steps of the first episodes, where the options asked for them.</summary>
    public IReadOnlyList<(long Episode, EpisodeStep[] Steps)> Traces => training.Driver.Traces;

    /// <summary>The checkpoints on disk.</summary>
    public IReadOnlyList<CheckpointInfo> Checkpoints => training.Saver.Checkpoints;

    /// <summary>The longest that training stood still for a checkpoint.</summary>
    public TimeSpan LongestPause => training.Saver.LongestPause;

    /// <summary>The run's file; null where there is none that can be used.</summary>
    public string? StorePath => training.Saver.Path;

    /// <summary>Why the run's file does not hold the run as it stands; null where it does, or there is none.</summary>
    public string? StoreError => training.Saver.Failure;

    /// <summary>The newest checkpoint, in memory or on disk, that is not after an episode.</summary>
    public Checkpoint? Nearest(long episode) => training.Saver.Nearest(episode);

    /// <summary>Where to end: what a resumed run's events say.</summary>
    public void Aim(long? target) => training.Target = target;

    /// <summary>Puts events that were committed before a crash back in their places.</summary>
    public void Expect(IEnumerable<RunEvent> committed) => training.Commands.Expect(committed);

    /// <summary>Starts the thread, or starts one again after the run had ended.</summary>
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

    /// <summary>Trains on until so many more episodes have ended, then pauses; the one that is under way counts as the first.</summary>
    public void Resume(long episodes) => mailbox.Ask(() =>
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
            Log.Add(training.Episode, RunEvents.Resumed);
        GoOn();
    });

    /// <summary>Stops at the end of the episode, or drops it where it takes longer than the grace.</summary>
    public void Stop()
    {
        var heard = NewCompletion();
        mailbox.Post(() =>
        {
            training.StopSoon();
            heard.SetResult();
        });
        // A learner written elsewhere may never return. Then no one waits for its thread: it is left behind, and the run ends without it.
        // Where the learner is the library's own, a thread always answers, however busy the machine is.
        if (!Specification.Learner.IsForeign || heard.Task.IsCompleted || mailbox.Owner is not { } watched)
            return;
        _ = Task.WhenAny(heard.Task, Task.Delay(LiveTraining.StopGrace + LeaveAfter, Options.Time)).ContinueWith(_ =>
        {
            if (!heard.Task.IsCompleted)
                mailbox.TakeOver(watched, () => Leave(watched), () => Retire(completion));
        }, TaskScheduler.Default);
    }

    public void SetPace(double? stepsPerSecond) => mailbox.Ask(() => training.SetPace(stepsPerSecond));

    /// <summary>Changes hyperparameters: events first, one each, then the change at the boundary they name.</summary>
    public RunEvent[] Set(IReadOnlyDictionary<string, Schedule> changes) => Ask(() =>
    {
        RequireLive("change hyperparameters of");
        return training.Commands.Set(changes);
    });

    /// <param name="given">Null names it by the episode after which it is taken.</param>
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

    /// <summary>Copies what the agent knows.</summary>
    public AgentSnapshot Snapshot() => Ask(() => training.Driver.Course.Snapshot());

    /// <summary>Copies what the agent knows of one state.</summary>
    public AgentRow Row(int? state) => Ask(() => training.Driver.Course.Row(state));

    /// <summary>Writes the run as it stands in memory as a file into another folder.</summary>
    public string SaveTo(string folder, string name, RunParent? parent) => Ask(() => training.SaveTo(folder, name, parent));

    /// <summary>Saves what can be saved while the process ends: a checkpoint where a boundary is near, else where the run stands.</summary>
    public ManualResetEventSlim SaveForExit()
    {
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
        training.End(RunState.Stopped, RunEvents.Stopped, Left);
    }

    // Another thread trains on where that was asked for, and keeps the file: closed, it could be taken or deleted under it before its next
    // save.
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
        Log.Add(training.Episode, RunEvents.Continued, "episodes", Target?.ToString(CultureInfo.InvariantCulture),
            target.ToString(CultureInfo.InvariantCulture));
        training.Target = target;
    }

    void RequireLive(string what)
    {
        if (State is not (RunState.Training or RunState.Paused))
            throw new InputException($"Cannot {what} a run that is {State.ToString().ToLowerInvariant()}. "
                + "Use Continue(episodes) to train more episodes, or Fork to start a new run from it.");
    }

    // A thread that was left behind may still write its rows, into the same buffer. The file may be another process's by now.
    void RequireThread()
    {
        if (training.Driver.WasLeft)
            throw new InputException($"{Left} Start a new run with a learner that returns.");
        training.Saver.TakeFile();
    }
}
