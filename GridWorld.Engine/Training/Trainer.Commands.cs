using System.Globalization;

namespace GridWorld;

internal sealed partial class Trainer
{
    readonly Lock gate = new();
    readonly Queue<Action> requests = [];
    readonly AutoResetEvent asked = new(false);
    Thread? thread;
    bool isRunning, hasEnded, goesOn;

    /// <summary>The boundary at which a command given now takes effect: the end of the episode that is going on.</summary>
    long NextBoundary => course.Loop.Episode + (course.Loop.InEpisode ? 1 : 0);

    /// <summary>
    /// Runs a question between two slices of the training thread, or here where no thread trains, or it is the training thread's own:
    /// a listener's.
    /// </summary>
    public T Ask<T>(Func<T> question)
    {
        if (Thread.CurrentThread == thread)
            return question();
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (!isRunning)
            {
                var found = question();
                ReportStore();
                return found;
            }

            requests.Enqueue(() =>
            {
                try
                {
                    answer.SetResult(question());
                }
                catch (Exception e)
                {
                    answer.SetException(e);
                }
            });
        }

        asked.Set();
        return answer.Task.GetAwaiter().GetResult();
    }

    public void Ask(Action request) => Ask(() =>
    {
        request();
        return true;
    });

    /// <summary>Like <see cref="Ask(Action)"/>, but does not wait: for threads that the training thread itself may wait for.</summary>
    public void Post(Action request)
    {
        lock (gate)
        {
            if (isRunning)
                requests.Enqueue(request);
            else
                request();
        }

        asked.Set();
    }

    public RunEvent? Pause() => Ask(() =>
    {
        RequireLive("pause");
        return State == RunState.Training ? PauseNow() : null;
    });

    public RunEvent? Resume() => Ask(() =>
    {
        RequireLive("resume");
        pauseAfter = null;
        return State == RunState.Paused ? ResumeNow() : null;
    });

    /// <summary>Goes on until so many more episodes have ended, then pauses; the one that is going on counts as the first.</summary>
    public void Resume(long episodes) => Ask(() =>
    {
        pauseAfter = course.Loop.Episode + episodes;
        if (State == RunState.Paused)
            ResumeNow();
        if (State == RunState.Training)
            return;
        RequireThread();
        TakeFile();
        if (Target < pauseAfter)
            RaiseTarget(pauseAfter.Value);
        else
            log.Add(course.Loop.Episode, RunEvents.Resumed);
        GoOn();
    });

    RunEvent PauseNow()
    {
        var paused = log.Add(course.Loop.Episode, RunEvents.Paused);
        (pausing, State, pauseAfter) = (true, RunState.Paused, null);
        Settle();
        speed.Stop(course.Loop.Step);
        return paused;
    }

    RunEvent ResumeNow()
    {
        (pausing, State) = (false, RunState.Training);
        speed.Start(course.Loop.Step);
        pacer.Restart();
        return log.Add(course.Loop.Episode, RunEvents.Resumed);
    }

    /// <summary>Stops at the end of the episode, or drops it where it takes longer than the grace.</summary>
    public void Stop()
    {
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
            if (State is RunState.Training or RunState.Paused)
                stopBy ??= time.GetTimestamp() + (long)(StopGrace.TotalSeconds * time.TimestampFrequency);
            heard.SetResult();
        });
        LeaveUnlessHeard(heard.Task);
    }

    public void SetPace(double? stepsPerSecond) => Ask(() =>
    {
        pacer.StepsPerSecond = stepsPerSecond;
        pacer.Restart();
        // At once: a run that pauses, or takes a step a minute, would be resumed at another pace.
        if (State is RunState.Training or RunState.Paused)
            HandOver(null);
    });

    /// <summary>Changes hyperparameters: events first, one each, then the change at the boundary they name.</summary>
    public RunEvent[] Set(IReadOnlyDictionary<string, Schedule> changes) => Ask(() =>
    {
        RequireLive("change hyperparameters of");
        TakeEffect();
        var now = course.Options;
        foreach (var announced in pending.Where(e => e.Event == RunEvents.ParamChange && e.Episode <= NextBoundary))
            now = Course.With(now, announced);
        var events = new List<RunEvent>();
        foreach (var (name, schedule) in changes)
        {
            string before = Hyperparameter.Find(name, now)!.ToJson(now)!;
            var change = log.Add(NextBoundary, RunEvents.ParamChange, name, before,
                schedule.SetAt(NextBoundary, course.Loop.Step).ToJson());
            Await(change);
            events.Add(change);
        }

        return events.ToArray();
    });

    /// <param name="given">Null names it by the episode after which it is taken.</param>
    public RunEvent SaveCheckpoint(string? given) => Ask(() =>
    {
        string name = given ?? string.Create(CultureInfo.InvariantCulture, $"episode-{NextBoundary}");
        if (store?.Failure is { } failure)
            throw new InputException($"The checkpoint '{name}' cannot be kept: {failure}");
        var named = log.Add(NextBoundary, RunEvents.Checkpoint, message: name);
        Await(named);
        if (!isRunning)
            store?.Close();
        return named;
    });

    public void Continue(long episodes) => Ask(() =>
    {
        RequireThread();
        TakeFile();
        RaiseTarget((Target ?? course.Loop.Episode) + episodes);
        if (State is not (RunState.Training or RunState.Paused))
            GoOn();
    });

    void RaiseTarget(long target)
    {
        log.Add(course.Loop.Episode, RunEvents.Continued, "episodes", Target?.ToString(CultureInfo.InvariantCulture),
            target.ToString(CultureInfo.InvariantCulture));
        Target = target;
    }

    /// <summary>Copies what the agent knows.</summary>
    public AgentSnapshot Snapshot() => Ask(course.Snapshot);

    /// <summary>Copies what the agent knows of one state.</summary>
    public AgentRow Row(int? state) => Ask(() => course.Row(state));

    /// <summary>Puts events that were committed before a crash back in their places.</summary>
    public void Expect(IEnumerable<RunEvent> committed)
    {
        foreach (var e in committed.Where(e => e.Event is RunEvents.ParamChange or RunEvents.Checkpoint))
            Await(e);
    }

    // By boundary, then as they were given: a command for a boundary never overtakes an earlier one for it.
    void Await(RunEvent command)
    {
        pending.Insert(pending.FindLastIndex(p => p.Episode <= command.Episode) + 1, command);
        TakeEffect();
    }

    // Between two episodes, the commands for this boundary, in their order.
    void TakeEffect()
    {
        while (!course.Loop.InEpisode && pending is [var next, ..] && next.Episode <= course.Loop.Episode)
        {
            pending.RemoveAt(0);
            if (next.Event == RunEvents.ParamChange)
            {
                course.Apply(next);
                // A paused run shows it at once.
                Publish();
            }
            else
                Save(next.Message);
        }
    }

    void RequireLive(string what)
    {
        if (State is not (RunState.Training or RunState.Paused))
            throw new InputException($"Cannot {what} a run that is {State.ToString().ToLowerInvariant()}. "
                + "Use Continue(episodes) to train more episodes, or Fork to start a new run from it.");
    }

    void Answer()
    {
        while (true)
        {
            ReportStore();
            Action request;
            lock (gate)
            {
                if (requests.Count == 0)
                    return;
                request = requests.Dequeue();
            }

            request();
        }
    }

    void WaitForRequest(TimeSpan atMost)
    {
        var grace = stopBy is { } by
            ? TimeSpan.FromSeconds(Math.Max(0, (double)(by - time.GetTimestamp()) / time.TimestampFrequency))
            : atMost;
        asked.WaitOne(atMost == Timeout.InfiniteTimeSpan || grace < atMost ? grace : atMost);
    }

    // The thread ends: whoever asked too late is answered here, later questions are answered where they are asked. Another one goes on
    // where that was asked for, and keeps the file: closed, it could be taken or deleted under it before its next save.
    void Retire(TaskCompletionSource ended)
    {
        lock (gate)
        {
            foreach (var request in requests)
                request();
            requests.Clear();
            ReportStore();
            (isRunning, hasEnded) = (false, true);
            if (goesOn)
                Start();
            else
                store?.Close();
        }

        ended.TrySetResult();
    }

    void GoOn()
    {
        (pausing, Error) = (false, null);
        if (!isRunning)
            Start();
        else if (!goesOn)
            (goesOn, completion) = (true, NewCompletion());
    }
}
