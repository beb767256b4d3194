namespace GridWorld;

internal sealed partial class Trainer
{
    // What a checkpoint may cost: its time must pass this many times over before the next.
    const double CostFactor = 1 / 0.03;

    bool CheckpointWaits()
    {
        if (store is { IsBusy: true } || course.Loop.Episode == lastCheckpoint.Episode && !course.Loop.InEpisode)
            return false;
        long now = time.GetTimestamp();
        return now >= nextCheckpointAllowed && (store is not null && course.Loop.Episode - savedEpisode >= options.CheckpointEvery
            || time.GetElapsedTime(checkpointTaken, now) >= CheckpointLatest);
    }

    void Save(string? name = null)
    {
        long begun = time.GetTimestamp();
        lastCheckpoint = course.Checkpoint(log.LastSeq, name);
        if (store is not null)
        {
            store.Save(lastCheckpoint, History.Since(savedEpisode), State);
            savedEpisode = course.Loop.Episode;
        }

        checkpointTaken = time.GetTimestamp();
        var cost = time.GetElapsedTime(begun, checkpointTaken) + (store?.LastSaveTook ?? TimeSpan.Zero);
        nextCheckpointAllowed = checkpointTaken + (long)(Math.Min(cost.TotalSeconds * CostFactor, CheckpointLatest.TotalSeconds) * time.TimestampFrequency);
    }

    void SaveAtEnd()
    {
        if (State == RunState.Failed && course.Loop.IsNonFinite || course.Loop.InEpisode)
        {
            Quietly(() => store?.Flush());
            return;
        }

        Quietly(() =>
        {
            Save();
            store?.Flush();
        });
    }

    void StoreFailed(Exception e)
    {
        log.Store = null;
        log.Add(course.Loop.Episode, RunEvents.StoreError, message: $"The run can no longer be written: {e.Message} "
            + $"Saved last: episode {savedEpisode}. Training goes on in memory; free space or mend the folder and resume the run from there.");
    }

    void Quietly(Action save)
    {
        try
        {
            save();
        }
        catch (Exception e)
        {
            StoreFailed(e);
        }
    }
}
