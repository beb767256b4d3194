namespace GridWorld;

/// <summary>Holds training to a number of steps per second. Which steps are taken in which slice changes no bit.</summary>
internal sealed class Pacer(TimeProvider time)
{
    static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(15);
    long since, firstStep = -1;

    public double? StepsPerSecond { get; set; }

    public void Restart() => firstStep = -1;

    /// <summary>Steps that may be taken now.</summary>
    public long Allowed(long step)
    {
        if (StepsPerSecond is not { } pace)
            return long.MaxValue;
        if (firstStep < 0)
            (since, firstStep) = (time.GetTimestamp(), step);
        double due = time.GetElapsedTime(since).TotalSeconds * pace;
        long behind = (long)due + 1 - (step - firstStep);
        // Whoever fell behind (a slow machine, a debugger) does not catch up in a burst.
        if (behind > Math.Max(pace, 1))
        {
            (since, firstStep) = (time.GetTimestamp(), step);
            behind = 1;
        }

        return Math.Max(0, behind);
    }

    /// <summary>How long to wait before steps are due again.</summary>
    public TimeSpan UntilNext(long step)
    {
        double due = (step - firstStep) / (StepsPerSecond ?? 1), wait = due - time.GetElapsedTime(since).TotalSeconds;
        return TimeSpan.FromSeconds(Math.Clamp(wait, Tick.TotalSeconds, 1));
    }
}
