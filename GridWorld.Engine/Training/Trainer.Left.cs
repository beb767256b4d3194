namespace GridWorld;

/// <summary>
/// A learner written elsewhere may never return. Then no one waits for its thread: it is left behind, and the run continues without it.
/// </summary>
internal sealed partial class Trainer
{
    static readonly TimeSpan LeaveAfter = TimeSpan.FromSeconds(2);
    const string Left = "The learner did not return from a step: its thread was left behind, and what it had not finished was dropped.";
    volatile Thread? left;

    // Of the thread that asks: whether it was left behind, and must touch nothing any more.
    bool IsLeft => left == Thread.CurrentThread;

    // Where the learner is the library's own, a thread always answers, however busy the machine is.
    void LeaveUnlessHeard(Task heard)
    {
        if (LearnerCatalog.Has(Specification.Learner) || heard.IsCompleted)
            return;
        var watched = thread;
        _ = Task.WhenAny(heard, Task.Delay(StopGrace + LeaveAfter, time)).ContinueWith(_ =>
        {
            if (!heard.IsCompleted)
                Leave(watched);
        }, TaskScheduler.Default);
    }

    void Leave(Thread? watched)
    {
        lock (gate)
        {
            if (!isRunning || watched is null || thread != watched)
                return;
            (left, thread, recorder) = (watched, null, null);
            long episode = course.Loop.Episode;
            course = course.Anew();
            course.Load(lastCheckpoint, log.All);
            course.AdvanceTo(episode, log.All);
            pauseAfter = null;
            speed.Stop(course.Loop.Step);
            Conclude(RunState.Stopped, RunEvents.Stopped, Left);
            Publish();
        }

        Retire(completion);
    }

    // Its rows may still come, into the same buffer.
    void RequireThread()
    {
        if (left is not null)
            throw new InputException($"{Left} Start a new run with a learner that returns.");
    }
}
