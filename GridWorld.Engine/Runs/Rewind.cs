namespace GridWorld;

/// <summary>
/// Replays any past moment of a run from the nearest earlier checkpoint. The result is the same bit for bit, because a run is defined by
/// its specification and its events.
/// </summary>
/// <param name="specification">The definition of the run.</param>
/// <param name="mdp">The tables of the run's world.</param>
/// <param name="events">The events of the run.</param>
/// <param name="episodes">Number of episodes that have ended.</param>
/// <param name="nearest">Returns the newest checkpoint that is not after an episode; null for the beginning of the run.</param>
internal sealed class Rewind(RunSpecification specification, Mdp mdp, IReadOnlyList<RunEvent> events, long episodes,
    Func<long, Checkpoint?> nearest)
{
    // Fewer rows than a history keeps.
    const int Stretch = 1 << 17;

    /// <summary>Number of episodes that have ended.</summary>
    public long Episodes => episodes;

    /// <summary>The tables of the run's world.</summary>
    public Mdp Mdp => mdp;

    /// <summary>The events of the run.</summary>
    public IReadOnlyList<RunEvent> Events => events;

    /// <exception cref="InputException">The run has not reached this episode.</exception>
    public void Check(long episode) =>
        new Faults().Require(episode >= 0 && episode <= episodes,
        $"The run has {episodes} episodes: choose one between 0 and {episodes} (got {episode}).").ThrowIfAny();

    /// <summary>The agent as it was after an episode; 0 is untrained.</summary>
    public AgentSnapshot At(long episode, CancellationToken cancellationToken = default)
    {
        Check(episode);
        return LoopAt(episode, cancellationToken).Snapshot();
    }

    /// <summary>The past up to an episode, without anything after it.</summary>
    public Rewind Until(long episode) => new(specification, mdp, events, episode, nearest);

    /// <summary>The newest steps that were taken in a state during the last episodes, newest first.</summary>
    public IReadOnlyList<StateVisit> LastVisits(int state, int count, CancellationToken cancellationToken = default)
    {
        const long mostSteps = 100_000;
        foreach (int last in (ReadOnlySpan<int>)[100, 10, 1])
        {
            try
            {
                var visits = new Queue<StateVisit>();
                foreach (var (episode, steps) in ReplayLast(last, mostSteps, cancellationToken))
                {
                    foreach (var s in steps.Where(s => s.State == state))
                    {
                        visits.Enqueue(new(episode, s.Step, s.Action, s.Explored, s.Reward, s.NextState, s.Q[s.Action], s.NewValue));
                        if (visits.Count > count)
                            visits.Dequeue();
                    }
                }

                return [.. visits.Reverse()];
            }
            catch (InputException)
            {
                // These episodes have too many steps to wait for, so use fewer.
            }
        }

        return [];
    }

    /// <summary>Every step of an episode, from 1.</summary>
    public IReadOnlyList<EpisodeStep> Replay(long episode, CancellationToken cancellationToken = default) =>
        Replay(episode, episode, long.MaxValue, cancellationToken).Single().Steps;

    /// <summary>The last episodes, or all if there are fewer. Each is replayed when it is enumerated.</summary>
    /// <inheritdoc cref="Replay(long, long, long, CancellationToken)"/>
    public IEnumerable<EpisodeTrace> ReplayLast(long count, long mostSteps = long.MaxValue,
        CancellationToken cancellationToken = default) =>
        episodes == 0 ? [] : Replay(Math.Max(1, episodes - count + 1), episodes, mostSteps, cancellationToken);

    /// <summary>A range of episodes. Each is replayed when it is enumerated.</summary>
    /// <exception cref="InputException">An episode does not exist or, during enumeration, the episodes have too many steps in
    /// total.</exception>
    public IEnumerable<EpisodeTrace> Replay(long first, long last, long mostSteps, CancellationToken cancellationToken = default)
    {
        foreach (long episode in (ReadOnlySpan<long>)[first, last])
            new Faults().Require(episode >= 1 && episode <= episodes, episodes == 0
                ? $"No episode has ended yet (asked for episode {episode})."
                : $"The run has {episodes} episodes: choose one between 1 and {episodes} (got {episode}).").ThrowIfAny();
        return Each();

        IEnumerable<EpisodeTrace> Each()
        {
            var runLoop = LoopAt(first - 1, cancellationToken);
            long left = mostSteps;
            for (long episode = first; episode <= last; episode++)
            {
                var recorder = runLoop.Loop.Recorder = new(runLoop.Loop.Actions) { MostSteps = left };
                runLoop.AdvanceTo(episode, events, cancellationToken);
                if (recorder.IsOver)
                    throw new InputException(first == last
                        ? $"Episode {first} has more than {mostSteps} steps. Write it to a file: gridworld export RUN --what trajectories."
                        : $"The episodes from {first} to {last} have more than {mostSteps} steps. "
                            + "Use fewer episodes, or write them to a file: gridworld export RUN --what trajectories.");
                left -= recorder.Steps.Count;
                yield return new(episode, [.. recorder.Steps]);
            }
        }
    }

    /// <summary>A part of an episode of any length, with the length and the return of the whole episode.</summary>
    /// <exception cref="InputException">The episode does not exist.</exception>
    public EpisodePart Part(long episode, long firstStep, int mostSteps, CancellationToken cancellationToken = default)
    {
        new Faults().Require(episode >= 1 && episode <= episodes, episodes == 0
            ? $"No episode has ended yet (asked for episode {episode})."
            : $"The run has {episodes} episodes: choose one between 1 and {episodes} (got {episode}).").ThrowIfAny();
        var runLoop = LoopAt(episode - 1, cancellationToken);
        var recorder = runLoop.Loop.Recorder = new(runLoop.Loop.Actions) { FirstStep = firstStep, MostSteps = mostSteps };
        double epsilon = runLoop.Loop.Current.Epsilon;
        runLoop.AdvanceTo(episode, events, cancellationToken);
        return new(recorder.Length, recorder.Return, epsilon, [.. recorder.Steps]);
    }

    /// <summary>The metrics as they were after an episode. Rows that are no longer kept are replayed.</summary>
    public EpisodeHistory HistoryAt(long episode, EpisodeHistory kept, RunOptions options, CancellationToken cancellationToken = default) =>
        kept.Until(episode, (after, last) => Rows(after, last, options, cancellationToken));

    /// <summary>
    /// Replays the raw rows of a range of episodes, part by part, so that any number of rows takes the memory of one part.
    /// </summary>
    public IEnumerable<EpisodeBuffer> Rows(long after, long last, RunOptions options, CancellationToken cancellationToken = default)
    {
        if (after >= last)
            yield break;
        var history = new EpisodeHistory(episodes: after);
        // The replay runs at full speed, regardless of the options of the run.
        options = options with { OnDisk = false, StartPaused = false, Pace = null, StepBudget = null };
        var again = new Trainer(options, LoopAt(after, cancellationToken), history, new("", specification, options.Time));
        again.Requeue(events.Where(e => e.IsChange && e.Episode > after));
        for (long end; after < last; after = end)
        {
            end = Math.Min(last, after + Stretch);
            Train(again, end, cancellationToken);
            var rows = history.Since(after, after, Stretch).Rows;
            yield return rows.Count == end - after
                ? rows : throw new InvalidOperationException($"The episodes after {after} could not be rerun: {again.Error}");
        }
    }

    /// <summary>The same rows as records, starting at an episode.</summary>
    public IEnumerable<EpisodeRecord> Records(long first, long last, RunOptions options, CancellationToken cancellationToken)
    {
        foreach (var rows in Rows(first - 1, last, options, cancellationToken))
        {
            for (int i = 0; i < rows.Count; i++)
                yield return rows.Record(first, i);
            first += rows.Count;
        }
    }

    static void Train(Trainer again, long until, CancellationToken cancellationToken)
    {
        again.SetTarget(until);
        again.Start();
        try
        {
            again.Completion.Wait(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            again.Stop();
            throw;
        }
    }

    /// <summary>The training loop of the run after an episode, ready to continue.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="cancellationToken">A token that cancels the replay.</param>
    /// <param name="used">A loop of this run that is no longer needed; null to create one.</param>
    /// <param name="isNearest">Whether that loop is at an earlier episode, and no checkpoint is nearer: then it is advanced.</param>
    public RunLoop LoopAt(long episode, CancellationToken cancellationToken = default, RunLoop? used = null, bool isNearest = false)
    {
        using var measured = Telemetry.Measure("replay", Telemetry.ReplayTime);
        measured.Activity?.SetTag(Telemetry.Episode, episode);
        var runLoop = isNearest ? used! : LoopBefore(episode, used);
        runLoop.AdvanceTo(episode, events, cancellationToken);
        return runLoop;
    }

    /// <summary>The training loop of the run at the newest checkpoint that is not after an episode.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="used">A loop of this run that is no longer needed; null to create one.</param>
    public RunLoop LoopBefore(long episode, RunLoop? used = null)
    {
        var checkpoint = nearest(episode);
        var runLoop = used is null || checkpoint is null ? new RunLoop(specification, mdp) : used;
        if (checkpoint is null)
            runLoop.Begin(events);
        else
            runLoop.Load(checkpoint, events);
        return runLoop;
    }

    /// <summary>
    /// Replays the run from its end to its beginning, in parts that begin at checkpoints. The caller advances the loop of a part, which is
    /// at the part's first boundary, through the part's episodes before it asks for the next part.
    /// </summary>
    /// <param name="last">The last episode of the first part.</param>
    public IEnumerable<ReplayPart> PartsBack(long last)
    {
        // Loading a checkpoint takes as long as many episodes, so parts of a long run are not shorter than this.
        const int mostParts = 64;
        RunLoop? loop = null;
        while (last > 0)
        {
            loop = LoopBefore(last - Math.Max(1, Math.Min(last, episodes / mostParts)), loop);
            var part = new ReplayPart(loop, last, events);
            last = part.After;
            yield return part;
        }
    }
}
