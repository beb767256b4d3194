namespace GridWorld;

/// <summary>
/// Any past moment of a run, run again from the nearest checkpoint before it: the same bits, since a run is its specification
/// and its events.
/// </summary>
/// <param name="specification">What the run is.</param>
/// <param name="mdp">Its world's tables.</param>
/// <param name="events">Its events.</param>
/// <param name="episodes">Episodes that have ended.</param>
/// <param name="nearest">The newest checkpoint that is not after an episode; null for the very start.</param>
internal sealed class Rewind(RunSpecification specification, Mdp mdp, IReadOnlyList<RunEvent> events, long episodes,
    Func<long, Checkpoint?> nearest)
{
    // Fewer rows than a history keeps.
    const int Stretch = 1 << 17;

    /// <summary>Episodes that have ended.</summary>
    public long Episodes => episodes;

    /// <summary>Its world's tables.</summary>
    public Mdp Mdp => mdp;

    /// <summary>The run's events.</summary>
    public IReadOnlyList<RunEvent> Events => events;

    /// <exception cref="InputException">The run has not come to this episode.</exception>
    public void Check(long episode) =>
        new Faults().Require(episode >= 0 && episode <= episodes,
        $"The run has {episodes} episodes: choose one between 0 and {episodes} (got {episode}).").ThrowIfAny();

    /// <summary>The agent as it was after an episode; 0 is untrained.</summary>
    public AgentSnapshot At(long episode, CancellationToken cancellationToken = default)
    {
        Check(episode);
        return LoopAt(episode, cancellationToken).Snapshot();
    }

    /// <summary>The same, knowing nothing of what came after an episode.</summary>
    public Rewind Until(long episode) => new(specification, mdp, events, episode, nearest);

    /// <summary>The newest steps that were taken in a state, newest first, as far as the last episodes tell.</summary>
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
                // More steps than one may wait for: fewer episodes then.
            }
        }

        return [];
    }

    /// <summary>Every step of an episode, from 1.</summary>
    public IReadOnlyList<EpisodeStep> Replay(long episode, CancellationToken cancellationToken = default) =>
        Replay(episode, episode, long.MaxValue, cancellationToken).Single().Steps;

    /// <summary>The last so many episodes, or all where there are fewer; each is run when it is asked for.</summary>
    /// <inheritdoc cref="Replay(long, long, long, CancellationToken)"/>
    public IEnumerable<EpisodeTrace> ReplayLast(long count, long mostSteps = long.MaxValue,
        CancellationToken cancellationToken = default) =>
        episodes == 0 ? [] : Replay(Math.Max(1, episodes - count + 1), episodes, mostSteps, cancellationToken);

    /// <summary>Some episodes in a row; each is run when it is asked for.</summary>
    /// <exception cref="InputException">There is no such episode, or, while they are run, they have more than the most steps
    /// together.</exception>
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
                        : $"The episodes from {first} to {last} have more than {mostSteps} steps. Ask for fewer, or write them to a"
                        + " file: gridworld export RUN --what trajectories.");
                left -= recorder.Steps.Count;
                yield return new(episode, [.. recorder.Steps]);
            }
        }
    }

    /// <summary>A part of an episode's steps, however long it is, with the length and the return of the whole.</summary>
    /// <exception cref="InputException">There is no such episode.</exception>
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

    /// <summary>The metrics as they were after an episode: what is kept of them, and run again what is kept no more.</summary>
    public EpisodeHistory HistoryAt(long episode, EpisodeHistory kept, RunOptions options, CancellationToken cancellationToken = default) =>
        kept.Until(episode, (after, last) => Rows(after, last, options, cancellationToken));

    /// <summary>
    /// The raw rows of the episodes after one, up to another, run again: stretch by stretch, so that any number of them takes the memory of
    /// one.
    /// </summary>
    public IEnumerable<EpisodeBuffer> Rows(long after, long last, RunOptions options, CancellationToken cancellationToken = default)
    {
        if (after >= last)
            yield break;
        var history = new EpisodeHistory(episodes: after);
        // At full speed and at once, however the run that asks is to be carried out.
        options = options with { OnDisk = false, StartPaused = false, Pace = null, StepBudget = null };
        var again = new Trainer(options, LoopAt(after, cancellationToken), history, new("", specification, options.Time));
        again.Requeue(events.Where(e => e.Kind == RunEventKind.ParamChange && e.Episode > after));
        for (long end; after < last; after = end)
        {
            end = Math.Min(last, after + Stretch);
            Train(again, end, cancellationToken);
            var rows = history.Since(after, after, Stretch).Rows;
            yield return rows.Count == end - after
                ? rows : throw new InvalidOperationException($"The episodes after {after} could not be rerun: {again.Error}");
        }
    }

    /// <summary>The same as records, the first of which is of an episode.</summary>
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

    /// <summary>The training as it was after an episode, ready to continue.</summary>
    public RunLoop LoopAt(long episode, CancellationToken cancellationToken = default)
    {
        using var measured = Telemetry.Measure("replay", Telemetry.ReplayTime);
        measured.Activity?.SetTag(Telemetry.Episode, episode);
        var runLoop = new RunLoop(specification, mdp);
        if (nearest(episode) is { } checkpoint)
            runLoop.Load(checkpoint, events);
        else
            runLoop.Begin(events);
        runLoop.AdvanceTo(episode, events, cancellationToken);
        return runLoop;
    }
}

/// <summary>Some steps of an episode.</summary>
/// <param name="Length">Steps of the whole episode.</param>
/// <param name="Return">Undiscounted return of the whole episode.</param>
/// <param name="Epsilon">ε at its first step; NaN where the learner has none.</param>
/// <param name="Steps">The steps asked for.</param>
internal sealed record EpisodePart(int Length, double Return, double Epsilon, EpisodeStep[] Steps);
