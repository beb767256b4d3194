namespace GridWorld;

/// <summary>Training without a run: in a simulator written elsewhere, which may throw, or never return from a step.</summary>
public abstract partial class TrainingLoop
{
    // Short enough to hear of a cancellation soon where a step takes milliseconds.
    const long CancelableSteps = 256, StepsBetweenCheckpoints = 1 << 20;
    static readonly TimeSpan LeaveAfter = TimeSpan.FromSeconds(2.5);
    IReadOnlyList<StateSection>? lastCheckpoint;
    long checkpointStep;
    volatile bool isLeft;

    /// <summary>Trains in the calling thread. Fewer episodes come back only if values stopped being finite.</summary>
    /// <param name="episodes">How many episodes, at least 1 and at most 10,000,000 at a time.</param>
    /// <returns>The episodes as they ended.</returns>
    /// <exception cref="InputException">The number is out of range.</exception>
    /// <exception cref="InvalidOperationException">The simulator or the learner threw: the message names the exception, the episode, the state and the
    /// action. The loop is back at the end of the last whole episode.</exception>
    public IReadOnlyList<EpisodeRecord> Train(int episodes) => Train(episodes, CancellationToken.None);

    /// <summary>
    /// Trains on a thread of its own. A cancellation ends the training between two steps: the episodes up to there come back, and the next call
    /// resumes the unfinished one. A simulator or a learner that has not returned from a step 2.5 s later is left behind with its thread.
    /// </summary>
    /// <param name="episodes">How many episodes, at least 1 and at most 10,000,000 at a time.</param>
    /// <param name="cancellationToken">Ends the training.</param>
    /// <returns>The episodes as they ended.</returns>
    /// <exception cref="InputException">The number is out of range.</exception>
    /// <exception cref="InvalidOperationException">As for <see cref="Train(int)"/>; or the thread was left behind, and the loop cannot be used any more.</exception>
    public async Task<IReadOnlyList<EpisodeRecord>> TrainAsync(int episodes, CancellationToken cancellationToken = default)
    {
        var training = Task.Factory.StartNew(() => Train(episodes, cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var canceled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using (cancellationToken.Register(canceled.SetResult))
            await Task.WhenAny(training, canceled.Task).ConfigureAwait(false);
        if (!training.IsCompleted)
            await Task.WhenAny(training, Task.Delay(LeaveAfter, CancellationToken.None)).ConfigureAwait(false);
        isLeft |= !training.IsCompleted;
        return isLeft ? throw Left() : await training.ConfigureAwait(false);
    }

    IReadOnlyList<EpisodeRecord> Train(int episodes, CancellationToken cancellation)
    {
        new Faults().Require(episodes is >= 1 and <= 10_000_000, $"The number of episodes must be between 1 and 10000000 (got {episodes}).").ThrowIfAny();
        if (isLeft)
            throw Left();
        long first = Episode + 1, slice = cancellation.CanBeCanceled ? CancelableSteps : StepsBetweenCheckpoints;
        var buffer = new EpisodeBuffer(episodes);
        while (!buffer.IsFull && !IsNonFinite && !cancellation.IsCancellationRequested)
        {
            KeepCheckpoint();
            try
            {
                Advance(slice, episodes - buffer.Count, buffer);
            }
            catch (Exception e) when (e is not InputException)
            {
                throw new InvalidOperationException(GoBack(e), e);
            }
        }

        return [.. Enumerable.Range(0, buffer.Count).Select(row => buffer.Record(first, row))];
    }

    static InvalidOperationException Left() =>
        new("The simulator or the learner did not return from a step: its thread was left behind. Build a new loop, with a simulator and a learner that return.");

    void KeepCheckpoint()
    {
        if (InEpisode || (lastCheckpoint is not null && Step - checkpointStep < StepsBetweenCheckpoints))
            return;
        var state = new StateWriter();
        Save(state);
        (lastCheckpoint, checkpointStep) = (state.Sections, Step);
    }

    // Steps since the checkpoint are taken twice: until they throw again, which says where, and up to the episode before that.
    string GoBack(Exception thrown)
    {
        string where = "";
        try
        {
            Load(new(lastCheckpoint!));
            where = ForeignFault.Where(thrown, this, Advance);
            long whole = Episode;
            Load(new(lastCheckpoint!));
            for (var rows = new EpisodeBuffer(1); Episode < whole; rows.Count = 0)
                Advance(long.MaxValue, 1, rows);
        }
        catch (Exception)
        {
            // It doesn't throw in the same place twice: there is no more to tell.
        }

        return ForeignFault.Words(thrown, where);
    }
}
