namespace GridWorld;

/// <summary>
/// The end of each episode in seconds of training, without pauses. Keeps at most <see cref="Most"/> marks of the whole run, at increasing
/// distances, and interpolates linearly. The training thread adds marks; any thread may read.
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

    /// <param name="episode">Number of episodes that have ended.</param>
    /// <param name="now">Seconds of training since this process started or resumed the run.</param>
    public void Mark(long episode, double now)
    {
        lock (gate)
            Add(episode, before + now);
    }

    /// <summary>The seconds of training at the end of an episode; null without marks.</summary>
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

    /// <summary>The seconds of training at the last mark.</summary>
    public double Total
    {
        get
        {
            lock (gate)
                return count == 0 ? 0 : seconds[count - 1];
        }
    }

    /// <summary>
    /// The number of episodes after some seconds of training, with a fraction for the unfinished one; null without marks.
    /// </summary>
    public double? EpisodesAt(double now)
    {
        lock (gate)
        {
            if (count == 0)
                return null;
            // Finds the first mark after the moment. Of several marks at the same time, the last counts.
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

    /// <summary>The marks: numbers of ended episodes, in order, and the seconds of training at their ends.</summary>
    public (long[] Episodes, double[] Seconds) Marks()
    {
        lock (gate)
            return (episodes[..count], seconds[..count]);
    }

    /// <summary>A copy of the clock as it was at the end of an episode, to continue from there.</summary>
    public TrainingClock Until(long episode)
    {
        var clock = new TrainingClock();
        lock (gate)
            clock.Take(episodes.AsSpan(0, count), seconds.AsSpan(0, count));
        clock.GoBack(episode);
        return clock;
    }

    /// <summary>A clock with the marks of another.</summary>
    /// <exception cref="StoreDamage">The marks are not in order.</exception>
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

    /// <summary>Estimates the clock of a run whose file has no training times, from the times of its events and checkpoints.</summary>
    public static TrainingClock Of(IEnumerable<RunEvent> events, IEnumerable<CheckpointInfo> checkpoints)
    {
        var clock = new TrainingClock();
        DateTimeOffset? last = null;
        bool idle = false;
        foreach (var (time, episode, happened) in events.Select(e => (e.Timestamp, e.Episode, e.Kind))
            .Concat(checkpoints.Select(c => (c.Timestamp, c.Episode, Kind: RunEventKind.Unknown))).OrderBy(e => e.Timestamp))
        {
            // A killed process adds no event, so the time before an interruption event, like that before a fork, is not training time.
            if (!idle && last is { } then && happened is not (RunEventKind.RunInterrupted or RunEventKind.Forked))
                clock.before += (time - then).TotalSeconds;
            last = time;
            // Training after this episode was discarded by the resume.
            if (happened == RunEventKind.RunResumed)
                clock.GoBack(episode);
            idle = happened is RunEventKind.Paused or RunEventKind.Stopped or RunEventKind.Completed or RunEventKind.RunInterrupted
                or RunEventKind.TrainingError
                || idle && happened is not (RunEventKind.Resumed or RunEventKind.Continued or RunEventKind.RunResumed);
            // An event for the end of the current episode has that episode's number, so its mark is slightly early.
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
        // The newest mark is exact. The next mark replaces it if both are close to the mark before.
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
