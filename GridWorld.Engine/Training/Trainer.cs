namespace GridWorld;

/// <summary>
/// Trains a run on a thread of its own. The thread owns the course and everything in it; others ask it through
/// <see cref="Ask{T}"/>, between two slices, and commands take effect at the episode boundary that their event names.
/// </summary>
internal sealed partial class Trainer
{
    static readonly TimeSpan SliceTime = TimeSpan.FromMilliseconds(2), StopGrace = TimeSpan.FromMilliseconds(500),
        CheckpointLatest = TimeSpan.FromSeconds(10);
    readonly RunOptions options;
    readonly RunStore? store;
    readonly TimeProvider time;
    readonly EventLog log;
    Course course;
    readonly SpeedMeter speed;
    readonly Pacer pacer;
    StepRecorder? recorder;
    readonly List<RunEvent> pending = [];
    readonly List<(long Episode, EpisodeStep[] Steps)> traces = [];
    TaskCompletionSource completion = NewCompletion();
    Checkpoint lastCheckpoint;
    long sliceSteps = 10_000, savedEpisode, handedOver, checkpointTaken;
    long? stopBy, pauseAfter;
    bool pausing, isStoreFailing;

    public Trainer(string id, RunSpecification specification, RunOptions options, RunStore? store, Course course, EpisodeHistory history,
        EventLog log)
    {
        (Id, Specification, this.options, this.store, this.course, History, this.log) =
            (id, specification, options, store, course, history, log);
        time = options.Time;
        Target = specification.Episodes;
        speed = new(time);
        pacer = new(time) { StepsPerSecond = options.Pace };
        lastCheckpoint = course.Checkpoint(log.LastSeq);
        waypoints = new(lastCheckpoint);
        savedEpisode = handedOver = course.Loop.Episode;
        pausing = options.StartPaused;
        bool keepsSteps = options.TraceEpisodes > course.Loop.Episode;
        if (options.SampleEveryEpisode || keepsSteps)
            recorder = course.Loop.Recorder = new(course.Loop.Actions) { MostSteps = RunOptions.MostTracedSteps, KeepSteps = keepsSteps };
        Publish();
    }

    /// <summary>The run's id; empty where past training is only run again.</summary>
    public string Id { get; }

    public RunOptions Options => options;

    public RunSpecification Specification { get; }

    public EpisodeHistory History { get; }

    public EventLog Log => log;

    public long? Target { get; private set; }

    public RunState State { get; private set; } = RunState.Stopped;

    public string? Error { get; private set; }

    /// <summary>When which episode was over, in seconds of training.</summary>
    public TrainingClock Clock { get; init; } = new();

    public Task Completion => completion.Task;

    public double? Pace => pacer.StepsPerSecond;

    public double StepsPerSecond => speed.StepsPerSecond;

    /// <summary>The newest counters and hyperparameters; replaced as a whole between slices.</summary>
    public TrainerProgress Progress { get; private set; } = null!;

    /// <summary>The steps of the first episodes, where the options asked for them.</summary>
    public IReadOnlyList<(long Episode, EpisodeStep[] Steps)> Traces => traces;

    /// <summary>Starts the thread, or starts one again after the run had ended.</summary>
    public void Start(RunState first = RunState.Training)
    {
        lock (gate)
        {
            State = pausing ? RunState.Paused : first;
            stopBy = null;
            speed.Start(course.Loop.Step);
            checkpointTaken = time.GetTimestamp();
            if (hasEnded && !goesOn)
                completion = NewCompletion();
            (isRunning, hasEnded, goesOn) = (true, false, false);
            var mine = completion;
            thread = new(() => Main(mine)) { IsBackground = true, Name = $"GridWorld {Id}" };
            thread.Start();
        }
    }

    static TaskCompletionSource NewCompletion() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    void Main(TaskCompletionSource ended)
    {
        var activity = Id.Length == 0 ? null : RunTelemetry.BeginTraining(Id, Specification);
        try
        {
            while (!IsLeft)
            {
                Answer();
                if (!course.Loop.InEpisode && AtBoundary() || IsSpent())
                    break;
                SaveLightly();
                if (stopBy is { } by && time.GetTimestamp() >= by)
                {
                    DropEpisode();
                    break;
                }

                if (pausing && stopBy is null)
                    WaitForRequest(Timeout.InfiniteTimeSpan);
                else if (pacer.Allowed(course.Loop.Step) is var allowed and > 0)
                    Slice(allowed);
                else
                    WaitForRequest(pacer.UntilNext(course.Loop.Step));
            }
        }
        catch (Exception e)
        {
            if (IsLeft)
                return;
            recorder = null;
            Fail(LearnerCatalog.Has(Specification.Learner) ? e.Message : CourseFault.Tell(e, course, lastCheckpoint, log.All));
            Publish();
        }

        if (IsLeft)
            return;
        SaveAtEnd();
        if (Id.Length > 0)
            RunTelemetry.EndTraining(activity, State, course.Loop.Episode, course.Loop.Step, Error);
        Retire(ended);
    }

    /// <summary>A few milliseconds of training, ended at the next boundary at which something waits to happen.</summary>
    void Slice(long allowed)
    {
        long begun = time.GetTimestamp(), step = course.Loop.Step, episode = course.Loop.Episode;
        long episodes = Math.Min(Target is { } target ? target - course.Loop.Episode : long.MaxValue,
            pending.Count > 0 ? pending[0].Episode - course.Loop.Episode : long.MaxValue);
        episodes = Math.Min(episodes, (pauseAfter ?? long.MaxValue) - course.Loop.Episode);
        if (recorder is not null || stopBy is not null || isSettling || CheckpointWaits() || WaypointWaits())
            episodes = 1;
        allowed = Math.Min(allowed, (options.StepBudget ?? long.MaxValue) - step);
        course.Advance(Math.Min(sliceSteps, allowed), episodes, History.Current);
        if (IsLeft)
            return;
        Sample();
        History.Account();

        // Slices of some milliseconds: long enough to cost nothing, short enough that a command is answered at once.
        var took = time.GetElapsedTime(begun);
        if (took < SliceTime && course.Loop.Step - step == sliceSteps)
            sliceSteps = Math.Min(sliceSteps * 2, 1 << 20);
        else if (took > SliceTime * 2)
            sliceSteps = Math.Max(sliceSteps / 2, 16);
        speed.Count(course.Loop.Step);
        if (Id.Length > 0)
            RunTelemetry.Count(Specification, course.Loop.Step - step, course.Loop.Episode - episode);
        Clock.Mark(course.Loop.Episode, speed.Trained);
        Publish();
    }

    /// <summary>Does what waits for this boundary; true when the run ends here.</summary>
    bool AtBoundary()
    {
        TakeEffect();
        if (course.Loop.IsNonFinite)
        {
            Fail(NonFiniteMessage());
            return true;
        }

        if (Target is { } target && course.Loop.Episode >= target)
        {
            End(RunState.Completed, RunEvents.Completed);
            return true;
        }

        if (stopBy is not null)
        {
            End(RunState.Stopped, RunEvents.Stopped);
            return true;
        }

        if (pauseAfter <= course.Loop.Episode)
            PauseNow();
        else if (CheckpointWaits())
            Save();
        else if (WaypointWaits())
            waypoints.Add(course.Checkpoint(log.LastSeq) with { Taken = time.GetUtcNow() });
        return false;
    }

    bool IsSpent()
    {
        if (!(course.Loop.Step >= options.StepBudget))
            return false;
        End(RunState.Stopped, RunEvents.Stopped);
        return true;
    }

    // After the grace of a stop, the half-done episode and what it changed are dropped: back to the last checkpoint, and forward to
    // the boundary.
    void DropEpisode()
    {
        long episode = course.Loop.Episode;
        course.Load(lastCheckpoint, log.All);
        course.AdvanceTo(episode, log.All);
        Publish();
        End(RunState.Stopped, RunEvents.Stopped);
    }

    void End(RunState state, string happened)
    {
        pauseAfter = null;
        speed.Stop(course.Loop.Step);
        Conclude(state, happened);
        Publish();
    }

    void Fail(string message)
    {
        speed.Stop(course.Loop.Step);
        (Error, pauseAfter) = (message, null);
        Conclude(RunState.Failed, RunEvents.TrainingError, message);
    }

    string NonFiniteMessage()
    {
        var q = course.Loop.Values.Values;
        int pair = 0;
        while (pair < q.Length && double.IsFinite(q[pair]))
            pair++;
        bool isKept = HasGoodCheckpoint();
        string kept = isKept ? "The last good checkpoint is kept" : "No checkpoint contains any training";
        if (!double.IsFinite(course.Loop.Unfinished.Return))
        {
            string though = pair == q.Length ? ", though every value is finite" : "";
            return $"The rewards of episode {course.Loop.Episode} add up to more than a number can represent{though}. "
                + $"{kept}: train again with smaller rewards.";
        }

        if (pair == q.Length)
        {
            return $"A value was NaN or infinite for a while in episode {course.Loop.Episode}. "
                + $"{kept}: train again with a smaller learning rate or smaller rewards.";
        }

        var (state, action) = Math.DivRem(pair, course.Loop.Actions);
        string name = Specification.World.ActionNames[action];
        return FormattableString.Invariant($"Q({state}, {name}) became {q[pair]} in episode {course.Loop.Episode}. ")
            + $"{kept}: {(isKept ? "resume from it" : "train again")} "
            + "with a smaller learning rate, a smaller discount factor or bounded rewards.";
    }

    void Sample()
    {
        if (recorder is null || course.Loop.InEpisode || History.Current.Count == 0)
            return;
        History.Current.Sample(History.Current.Count - 1, MeanGreedyValue(), recorder.ActionCounts);
        bool isOver = recorder.Episode >= options.TraceEpisodes;
        if (recorder is { KeepSteps: true, IsOver: false } && recorder.Episode <= options.TraceEpisodes)
        {
            traces.Add((recorder.Episode, [.. recorder.Steps]));
            recorder.MostSteps -= recorder.Length;
        }

        // A trace ends with the last episode that fits as a whole; which rows are sampled does not depend on it.
        recorder.KeepSteps &= !isOver && !recorder.IsOver;
        if (!options.SampleEveryEpisode && isOver)
            recorder = course.Loop.Recorder = null;
    }

    double MeanGreedyValue()
    {
        double sum = 0;
        int visited = 0;
        for (int s = 0; s < course.Loop.States; s++)
        {
            if (course.Loop.Visits.OfState(s) == 0)
                continue;
            sum += Greedy.Of(course.Loop.Values.Row(s)).Value;
            visited++;
        }

        return visited == 0 ? 0 : sum / visited;
    }

    void Publish() => Progress = new(course.Loop.Episode, course.Loop.Step, course.Loop.State, course.Loop.Current);
}

/// <summary>Counters and hyperparameters at one moment.</summary>
internal sealed record TrainerProgress(long Episode, long Step, int State, Hyperparameters Current);
