namespace GridWorld;

/// <summary>Limits training to a number of steps per second. The slices of training never change the result.</summary>
internal sealed class Pacer(TimeProvider time)
{
    static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(15);
    long since, firstStep = -1;

    public double? StepsPerSecond { get; set; }

    public void Restart() => firstStep = -1;

    /// <summary>The number of steps that may be taken now.</summary>
    public long Allowed(long step)
    {
        if (StepsPerSecond is not { } pace)
            return long.MaxValue;
        if (firstStep < 0)
            (since, firstStep) = (time.GetTimestamp(), step);
        double due = time.GetElapsedTime(since).TotalSeconds * pace;
        long behind = (long)due + 1 - (step - firstStep);
        // Training that has fallen behind (a slow machine, a debugger) does not catch up in a burst.
        if (behind > Math.Max(pace, 1))
        {
            (since, firstStep) = (time.GetTimestamp(), step);
            behind = 1;
        }

        return Math.Max(0, behind);
    }

    /// <summary>The time until the next step is due.</summary>
    public TimeSpan UntilNext(long step)
    {
        double due = (step - firstStep) / (StepsPerSecond ?? 1), wait = due - time.GetElapsedTime(since).TotalSeconds;
        return TimeSpan.FromSeconds(Math.Clamp(wait, Tick.TotalSeconds, 1));
    }
}
