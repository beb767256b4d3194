namespace GridWorld;

/// <summary>
/// When which episode was over, in seconds of training: pauses don't count. Keeps at most <see cref="Most"/> marks of the whole
/// run, ever further apart, and joins them by straight lines. The training thread marks; anyone may ask.
/// </summary>
internal sealed class TrainingClock
{
    /// <summary>The most marks.</summary>
    public const int Most = 1024;

    readonly Lock gate = new();
    readonly long[] episodes = new long[Most];
    readonly double[] seconds = new double[Most];
    double apart, before;
    int count;

    /// <param name="episode">Episodes that are over.</param>
    /// <param name="now">Seconds trained since this process took the run up.</param>
    public void Mark(long episode, double now)
    {
        lock (gate)
            Add(episode, before + now);
    }

    /// <summary>Seconds of training when an episode was over; null where no mark is known.</summary>
    public double? At(long episode)
    {
        lock (gate)
        {
            if (count == 0)
                return null;
            int after = Array.BinarySearch(episodes, 0, count, episode);
            if (after >= 0)
                return seconds[after];
            after = ~after;
            if (after == count)
                return seconds[count - 1];
            var (fromEpisode, from) = after == 0 ? (0L, 0.0) : (episodes[after - 1], seconds[after - 1]);
            return from + (seconds[after] - from) * (episode - fromEpisode) / (episodes[after] - fromEpisode);
        }
    }

    /// <summary>Seconds of training when the last marked episode was over.</summary>
    public double Total
    {
        get
        {
            lock (gate)
                return count == 0 ? 0 : seconds[count - 1];
        }
    }

    /// <summary>Episodes that were over after so many seconds of training, the one that was going on as a share of one; null where no mark is known.</summary>
    public double? EpisodesAt(double now)
    {
        lock (gate)
        {
            if (count == 0)
                return null;
            // The first mark after the moment: of several at one time the last counts.
            int low = 0, high = count;
            while (low < high)
            {
                int middle = (low + high) / 2;
                (low, high) = seconds[middle] <= now ? (middle + 1, high) : (low, middle);
            }

            if (low == count)
                return episodes[count - 1];
            var (fromEpisode, from) = low == 0 ? (0L, 0.0) : (episodes[low - 1], seconds[low - 1]);
            return fromEpisode + (episodes[low] - fromEpisode) * Math.Max(0, now - from) / (seconds[low] - from);
        }
    }

    /// <summary>The marks: episodes that were over, in order, and the seconds of training by then.</summary>
    public (long[] Episodes, double[] Seconds) Marks()
    {
        lock (gate)
            return (episodes[..count], seconds[..count]);
    }

    /// <summary>This clock as it was when an episode was over, to train on from there.</summary>
    public TrainingClock Until(long episode)
    {
        var clock = new TrainingClock();
        lock (gate)
            clock.Take(episodes.AsSpan(0, count), seconds.AsSpan(0, count));
        clock.GoBack(episode);
        return clock;
    }

    /// <summary>A clock with the marks of another.</summary>
    /// <exception cref="StoreDamage">They are not in order.</exception>
    public static TrainingClock With(ReadOnlySpan<long> episodes, ReadOnlySpan<double> seconds)
    {
        var clock = new TrainingClock();
        for (int i = 0; i < episodes.Length; i++)
        {
            if (episodes[i] < 1 || !double.IsFinite(seconds[i]) || i > 0 && (episodes[i] <= episodes[i - 1] || seconds[i] < seconds[i - 1]))
                throw new StoreDamage("The times of training are not in order");
        }

        clock.Take(episodes, seconds);
        return clock;
    }

    /// <summary>The clock of a run whose file has no times of training: as far as the times of its events and checkpoints tell.</summary>
    public static TrainingClock Of(IEnumerable<RunEvent> events, IEnumerable<CheckpointInfo> checkpoints)
    {
        var clock = new TrainingClock();
        DateTimeOffset? last = null;
        bool idle = false;
        foreach (var (time, episode, happened) in events.Select(e => (e.Timestamp, e.Episode, e.Event))
            .Concat(checkpoints.Select(c => (c.Timestamp, c.Episode, Event: ""))).OrderBy(e => e.Timestamp))
        {
            // A process that was killed left no word: the time until it is noticed was not trained, nor was that until a fork.
            if (!idle && last is { } then && happened is not (RunEvents.Interrupted or RunEvents.Forked))
                clock.before += (time - then).TotalSeconds;
            last = time;
            // What was trained beyond it belongs to a course that was given up.
            if (happened == RunEvents.TakenUp)
                clock.GoBack(episode);
            idle = happened is RunEvents.Paused or RunEvents.Stopped or RunEvents.Completed or RunEvents.Interrupted or RunEvents.TrainingError
                || idle && happened is not (RunEvents.Resumed or RunEvents.Continued or RunEvents.TakenUp);
            // What is announced for the end of the episode that is going on is stamped with it, and comes a little early.
            clock.Add(episode, clock.before);
        }

        return clock;
    }

    void Take(ReadOnlySpan<long> fromEpisodes, ReadOnlySpan<double> fromSeconds)
    {
        fromEpisodes.CopyTo(episodes);
        fromSeconds.CopyTo(seconds);
        count = fromEpisodes.Length;
        (before, apart) = count == 0 ? (0, 0) : (seconds[count - 1], seconds[count - 1] / Most);
    }

    void GoBack(long episode)
    {
        before = At(episode) ?? before;
        while (count > 0 && episodes[count - 1] > episode)
            count--;
        Add(episode, before);
    }

    void Add(long episode, double now)
    {
        if (episode < 1 || count > 0 && episode <= episodes[count - 1])
            return;
        // The newest mark is exact: it gives way to the next where both are near to the one before.
        if (count > 1 && now - seconds[count - 2] < apart)
            count--;
        if (count == Most)
        {
            count = Most / 2;
            for (int i = 0; i < count; i++)
                (episodes[i], seconds[i]) = (episodes[2 * i + 1], seconds[2 * i + 1]);
            apart = Math.Max(2 * apart, seconds[count - 1] / Most);
        }

        (episodes[count], seconds[count]) = (episode, now);
        count++;
    }
}
