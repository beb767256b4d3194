namespace GridWorld;

/// <summary>Measures steps per second: over about the last second during training, and over all training time afterward.</summary>
internal sealed class SpeedMeter(TimeProvider time)
{
    static readonly TimeSpan Window = TimeSpan.FromSeconds(1);
    long windowBegun, windowStep, lastStep;
    double recent;
    TimeSpan trained;
    long trainedSteps;
    bool running;

    public double StepsPerSecond
    {
        get
        {
            if (running && recent > 0)
                return recent;
            double seconds = Trained;
            long steps = trainedSteps + (running ? lastStep - windowStep : 0);
            return seconds > 0 ? steps / seconds : 0;
        }
    }

    /// <summary>Seconds of training so far, without pauses.</summary>
    public double Trained => (trained + (running ? time.GetElapsedTime(windowBegun) : default)).TotalSeconds;

    public void Start(long step) => (running, windowBegun, windowStep, lastStep, recent) = (true, time.GetTimestamp(), step, step, 0);

    public void Count(long step)
    {
        lastStep = step;
        var elapsed = time.GetElapsedTime(windowBegun);
        if (elapsed < Window)
            return;
        recent = (step - windowStep) / elapsed.TotalSeconds;
        CloseWindow(step, elapsed);
    }

    public void Stop(long step)
    {
        if (!running)
            return;
        CloseWindow(step, time.GetElapsedTime(windowBegun));
        running = false;
    }

    void CloseWindow(long step, TimeSpan elapsed)
    {
        trained += elapsed;
        trainedSteps += step - windowStep;
        (windowBegun, windowStep, lastStep) = (time.GetTimestamp(), step, step);
    }
}
