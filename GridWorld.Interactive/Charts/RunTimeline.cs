namespace GridWorld;

/// <summary>When a run trained, in seconds since its first event, and what happened when.</summary>
/// <param name="Name">The name of the run.</param>
/// <param name="Begun">The time of the first event.</param>
/// <param name="Stretches">The times of training without a break.</param>
/// <param name="Gaps">The times without training between them.</param>
/// <param name="Marks">The events.</param>
internal sealed record RunTimeline(string Name, DateTimeOffset Begun,
    IReadOnlyList<IReadOnlyList<(double Seconds, double Episode)>> Stretches, IReadOnlyList<RunTimeline.Gap> Gaps,
    IReadOnlyList<RunTimeline.Mark> Marks)
{
    /// <summary>A time without training.</summary>
    /// <param name="From">Its start.</param>
    /// <param name="To">Its end.</param>
    /// <param name="IsInterruption">Whether the process ended: what it trained after the last checkpoint is lost.</param>
    internal sealed record Gap(double From, double To, bool IsInterruption);

    /// <summary>An event.</summary>
    /// <param name="Seconds">The time of the event; for an interruption, that of the last checkpoint.</param>
    /// <param name="Event">The event.</param>
    internal sealed record Mark(double Seconds, RunEvent Event);

    /// <summary>The last moment.</summary>
    public double End => Stretches.Select(s => s[^1].Seconds).Concat(Marks.Select(m => m.Seconds)).DefaultIfEmpty().Max();

    public static RunTimeline Of(RunView run)
    {
        var status = run.Status();
        return Of(run.Name, run.EventLog, run.Clock(), status.Episodes, status.State == RunState.Interrupted, run.CheckpointList);
    }

    /// <param name="name">The name of the run.</param>
    /// <param name="events">The events, in order.</param>
    /// <param name="clock">The seconds of training at the ends of the episodes that the run has kept.</param>
    /// <param name="episodes">Number of episodes so far.</param>
    /// <param name="isInterrupted">Whether the process ended during training, and the run was not resumed.</param>
    /// <param name="checkpoints">The checkpoints that the run has kept.</param>
    public static RunTimeline Of(string name, IReadOnlyList<RunEvent> events, TrainingClock clock, long episodes, bool isInterrupted,
        params IReadOnlyList<CheckpointInfo> checkpoints)
    {
        var begun = events.Count > 0 ? events[0].Timestamp : DateTimeOffset.UnixEpoch;
        // No event says that the process ended until the run is resumed.
        if (isInterrupted && events.Count > 0)
            events = [.. events, new(0, events[0].RunId, episodes, RunEventKind.RunInterrupted, begun)];
        // A run that is resumed from an earlier checkpoint loses the times of the episodes after it.
        long[] kept = new long[events.Count];
        long least = long.MaxValue;
        for (int i = events.Count - 1; i >= 0; i--)
        {
            kept[i] = least;
            if (events[i].Kind == RunEventKind.RunResumed)
                least = Math.Min(least, events[i].Episode);
        }

        var reader = new Reader(clock, begun, checkpoints);
        for (int i = 0; i < events.Count; i++)
            reader.Take(events[i], i > 0 ? kept[i - 1] : long.MaxValue);
        reader.End(episodes);
        return new(name, begun, reader.Stretches, reader.Gaps, reader.Marks);
    }

    static bool Begins(RunEventKind kind) => kind is RunEventKind.RunStarted or RunEventKind.Forked or RunEventKind.Resumed
        or RunEventKind.Continued or RunEventKind.RunResumed;

    static bool Ends(RunEventKind kind) => kind is RunEventKind.Paused or RunEventKind.Stopped or RunEventKind.Completed
        or RunEventKind.TrainingError or RunEventKind.RunInterrupted;

    /// <summary>
    /// Places the training clock, which has no breaks, between the times of the events. A process that is killed adds no event: the one for
    /// the interruption is added by the process that resumes the run. The line before it ends at the time of the checkpoint from which the
    /// run was resumed or, if that checkpoint is no longer kept, after the training time of its last episode.
    /// </summary>
    sealed class Reader(TrainingClock clock, DateTimeOffset begun, IReadOnlyList<CheckpointInfo> checkpoints)
    {
        readonly (long[] Episodes, double[] Seconds) marks = clock.Marks();
        double latest;
        double? from;
        long first;
        RunEventKind before;

        public List<IReadOnlyList<(double Seconds, double Episode)>> Stretches { get; } = [];

        public List<Gap> Gaps { get; } = [];

        public List<Mark> Marks { get; } = [];

        /// <param name="e">The event.</param>
        /// <param name="kept">The last episode before the event whose time the clock still has.</param>
        public void Take(RunEvent e, long kept)
        {
            // A clock that was set back moves nothing back.
            double now = Math.Max(latest, (e.Timestamp - begun).TotalSeconds);
            if (Begins(e.Kind) || Ends(e.Kind))
            {
                if (from is not null)
                    Close(e.Episode, kept, e.Kind switch
                    {
                        RunEventKind.RunInterrupted => SavedAt(e.Episode),
                        RunEventKind.Forked => null,
                        _ => now,
                    });
                if (Begins(e.Kind))
                {
                    if (now > latest)
                        Gaps.Add(new(latest, now, before == RunEventKind.RunInterrupted));
                    (from, first, latest) = (now, e.Episode, now);
                }

                before = e.Kind;
            }

            Marks.Add(new(e.Kind == RunEventKind.RunInterrupted ? latest : now, e));
        }

        /// <summary>Ends a stretch that no event has ended, at its last episode.</summary>
        public void End(long episode)
        {
            if (from is not null)
                Close(episode, long.MaxValue, null);
        }

        /// <summary>The time of the checkpoint from which an interrupted run was resumed; null if it is no longer kept.</summary>
        double? SavedAt(long episode)
        {
            if (checkpoints.FirstOrDefault(c => c.Episode == episode) is not { } saved)
                return null;
            double at = (saved.Timestamp - begun).TotalSeconds;
            return at >= from ? at : null;
        }

        /// <summary>Ends a stretch, at a known time or after the training time of its last episode.</summary>
        void Close(long last, long kept, double? known)
        {
            double start = from!.Value, zero = clock.At(first) ?? 0, trained = Math.Max(0, (clock.At(last) ?? zero) - zero);
            double end = known ?? start + trained;
            // Training starts a little after the event that reports it, and ends with the event: a known end is the better anchor.
            double origin = known is not null && last <= kept ? Math.Max(start, end - trained) : start;
            List<(double, double)> points = [(start, first)];
            if (origin > start)
                points.Add((origin, first));
            for (int i = 0; i < marks.Episodes.Length; i++)
            {
                if (marks.Episodes[i] > first && marks.Episodes[i] < Math.Min(last, kept + 1.0))
                    points.Add((Math.Clamp(origin + marks.Seconds[i] - zero, start, end), marks.Episodes[i]));
            }

            points.Add((end, last));
            Stretches.Add(points);
            (from, latest) = (null, end);
        }
    }
}
