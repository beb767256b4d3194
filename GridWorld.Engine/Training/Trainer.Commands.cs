using System.Globalization;

namespace GridWorld;

internal sealed partial class Trainer
{
    readonly Lock gate = new();
    readonly Queue<Action> requests = [];
    readonly AutoResetEvent asked = new(false);
    bool isRunning, hasEnded, goesOn;

    /// <summary>The boundary at which a command given now takes effect: the end of the episode that is going on.</summary>
    long NextBoundary => course.Loop.Episode + (course.Loop.InEpisode ? 1 : 0);

    /// <summary>Runs a question between two slices of the training thread, or here where no thread trains.</summary>
    public T Ask<T>(Func<T> question)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (!isRunning)
                return question();
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

    public RunEvent? Pause() => Ask(() => State == RunState.Training ? PauseNow() : null);

    public RunEvent? Resume() => Ask(() =>
    {
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
        log.Store?.Open();
        if (Target < pauseAfter)
            RaiseTarget(pauseAfter.Value);
        else
            log.Add(course.Loop.Episode, RunEvents.Resumed);
        GoOn();
    });

    RunEvent PauseNow()
    {
        (pausing, State, pauseAfter) = (true, RunState.Paused, null);
        var paused = log.Add(course.Loop.Episode, RunEvents.Paused);
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
    public void Stop() => Ask(() =>
    {
        if (State is RunState.Training or RunState.Paused)
            stopBy ??= time.GetTimestamp() + (long)(StopGrace.TotalSeconds * time.TimestampFrequency);
    });

    public void SetPace(double? stepsPerSecond) => Ask(() =>
    {
        pacer.StepsPerSecond = stepsPerSecond;
        pacer.Restart();
    });

    /// <summary>Changes hyperparameters: events first, one each, then the change at the boundary they name.</summary>
    public RunEvent[] Set(IReadOnlyDictionary<string, Schedule> changes) => Ask(() =>
    {
        RequireLive("change hyperparameters of");
        var now = course.Options;
        foreach (var (_, _, change) in Announced())
            now = change.With(now);
        var events = new List<RunEvent>();
        foreach (var (name, schedule) in changes)
        {
            string before = Hyperparameter.Find(name, now)!.ToJson(now)!;
            var change = log.Add(NextBoundary, RunEvents.ParamChange, name, before, schedule.ToJson());
            Await(change.Episode, () => course.Apply(change));
            events.Add(change);
        }

        return events.ToArray();
    });

    public RunEvent SaveCheckpoint(string name) => Ask(() =>
    {
        if (store is not null && log.Store is null)
            throw new InputException($"The checkpoint '{name}' cannot be kept: {log.All.LastOrDefault(e => e.Event == RunEvents.StoreError)?.Message}");
        var named = log.Add(NextBoundary, RunEvents.Checkpoint, message: name);
        if (isRunning && course.Loop.InEpisode)
            Await(named.Episode, () => Save(name));
        else
            Save(name);
        if (!isRunning)
            LetGo();
        return named;
    });

    public void Continue(long episodes) => Ask(() =>
    {
        log.Store?.Open();
        RaiseTarget((Target ?? course.Loop.Episode) + episodes);
        if (State is not (RunState.Training or RunState.Paused))
            GoOn();
    });

    void RaiseTarget(long target)
    {
        log.Add(course.Loop.Episode, RunEvents.Continued, "episodes", Target?.ToString(CultureInfo.InvariantCulture), target.ToString(CultureInfo.InvariantCulture));
        Target = target;
    }

    /// <summary>Copies what the agent knows.</summary>
    public AgentSnapshot Snapshot() => Ask(course.Snapshot);

    /// <summary>Puts events that were committed before a crash back in their places.</summary>
    public void Expect(IEnumerable<RunEvent> committed)
    {
        foreach (var e in committed)
        {
            if (e.Event == RunEvents.ParamChange)
                Await(e.Episode, () => course.Apply(e));
            else if (e.Event == RunEvents.Checkpoint)
                Await(e.Episode, () => Save(e.Message));
        }
    }

    void Await(long boundary, Action effect)
    {
        if (boundary <= course.Loop.Episode && !course.Loop.InEpisode)
            effect();
        else
            pending.Insert(pending.FindLastIndex(p => p.Boundary <= boundary) + 1, (boundary, effect));
    }

    IEnumerable<(long, RunEvent, Change)> Announced() => log.All
        .Where(e => e.Event == RunEvents.ParamChange && e.Episode > course.Loop.Episode && e.Episode <= NextBoundary)
        .Select(e => (e.Episode, e, new Change(e.Param!, Schedule.FromJson(e.NewValue!))));

    void RequireLive(string what)
    {
        if (State is not (RunState.Training or RunState.Paused))
            throw new InputException($"Cannot {what} a run that is {State.ToString().ToLowerInvariant()}. Use Continue to train on, or Fork to start a new run from it.");
    }

    void Answer()
    {
        while (true)
        {
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
        var grace = stopBy is { } by ? TimeSpan.FromSeconds(Math.Max(0, (double)(by - time.GetTimestamp()) / time.TimestampFrequency)) : atMost;
        asked.WaitOne(atMost == Timeout.InfiniteTimeSpan || grace < atMost ? grace : atMost);
    }

    // The thread ends: whoever asked too late is answered here, later questions are answered where they are asked. Another one goes on
    // where that was asked for.
    void Retire(TaskCompletionSource ended)
    {
        lock (gate)
        {
            foreach (var request in requests)
                request();
            requests.Clear();
            LetGo();
            (isRunning, hasEnded) = (false, true);
            if (goesOn)
                Start();
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

    readonly record struct Change(string Name, Schedule Schedule)
    {
        public LearnerOptions With(LearnerOptions options) => Hyperparameter.Find(Name, options)!.With(options, Schedule);
    }
}
