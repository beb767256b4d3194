namespace GridWorld;

/// <summary>Trains without a run, in a user's simulator, which may throw or never return from a step.</summary>
internal sealed class LooseTraining(TrainingLoop loop)
{
    // Small enough to notice a cancellation soon even if a step takes milliseconds.
    const long CancelableSteps = 256, StepsBetweenCheckpoints = 1 << 20;
    static readonly TimeSpan LeaveAfter = TimeSpan.FromSeconds(2.5);
    IReadOnlyList<StateSection>? lastCheckpoint;
    long checkpointStep;
    volatile bool isLeft;

    public async Task<IReadOnlyList<EpisodeRecord>> TrainAsync(int episodes, CancellationToken cancellationToken)
    {
        var training = Task.Factory.StartNew(() => Train(episodes, cancellationToken), CancellationToken.None,
            TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var canceled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using (cancellationToken.Register(canceled.SetResult))
            await Task.WhenAny(training, canceled.Task).ConfigureAwait(false);
        if (!training.IsCompleted)
            await Task.WhenAny(training, Task.Delay(LeaveAfter, CancellationToken.None)).ConfigureAwait(false);
        isLeft |= !training.IsCompleted;
        return isLeft ? throw Left() : await training.ConfigureAwait(false);
    }

    public IReadOnlyList<EpisodeRecord> Train(int episodes, CancellationToken cancellationToken)
    {
        new Faults().Require(episodes is >= 1 and <= 10_000_000, $"The number of episodes must be between 1 and 10000000 (got {episodes}).")
            .ThrowIfAny();
        if (isLeft)
            throw Left();
        long first = loop.Episodes + 1, slice = cancellationToken.CanBeCanceled ? CancelableSteps : StepsBetweenCheckpoints;
        var buffer = new EpisodeBuffer(episodes);
        while (!buffer.IsFull && !loop.IsNonFinite && !cancellationToken.IsCancellationRequested)
        {
            KeepCheckpoint();
            try
            {
                loop.Advance(slice, episodes - buffer.Count, buffer);
            }
            catch (Exception e) when (e is not InputException)
            {
                throw new InvalidOperationException(GoBack(e), e);
            }
        }

        return [.. Enumerable.Range(0, buffer.Count).Select(row => buffer.Record(first, row))];
    }

    static InvalidOperationException Left() =>
        new("The simulator or the learner did not return from a step, and its thread was abandoned. "
            + "Build a new loop with a simulator and a learner that return.");

    void KeepCheckpoint()
    {
        if (loop.InEpisode || (lastCheckpoint is not null && loop.Steps - checkpointStep < StepsBetweenCheckpoints))
            return;
        var state = new StateWriter();
        loop.Save(state);
        (lastCheckpoint, checkpointStep) = (state.Sections, loop.Steps);
    }

    // Replays the steps since the checkpoint twice: until they throw again, to find the place, and then up to the episode before that.
    string GoBack(Exception thrown)
    {
        string where = "";
        try
        {
            loop.Load(new(lastCheckpoint!));
            where = ForeignFault.Where(thrown, loop, loop.Advance);
            long whole = loop.Episodes;
            loop.Load(new(lastCheckpoint!));
            for (var rows = new EpisodeBuffer(1); loop.Episodes < whole; rows.Count = 0)
                loop.Advance(long.MaxValue, 1, rows);
        }
        catch (Exception)
        {
            // The exception does not recur in the same place, so the place is unknown.
        }

        return ForeignFault.Words(thrown, where);
    }
}
