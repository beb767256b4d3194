using System.Diagnostics;

namespace GridWorld;

/// <summary>
/// Finds the last changes of the policy of a run in the background, for as long as someone asks for them. One part of one run is replayed
/// at a time in the process. Later episodes of a run that trains are followed for a tenth of the time at most.
/// </summary>
/// <param name="interest">The time after the last question until the work ends. Default: 2 seconds.</param>
internal sealed class PolicyWatch(TimeSpan? interest = null)
{
    const int Rarity = 10;
    static readonly SemaphoreSlim turn = new(1);
    static readonly TimeSpan PartTime = TimeSpan.FromMilliseconds(200);
    readonly TimeSpan interest = interest ?? TimeSpan.FromSeconds(2);
    readonly Lock gate = new();
    (RunView Moment, long Episodes) wanted;
    (PolicyChanges Changes, long Course)? found;
    bool isWorking;
    long asked, failed;

    /// <summary>
    /// Gets the last changes up to a moment as far as they are known; null if nothing is known yet. While the run trains, they can be those
    /// of an earlier episode.
    /// </summary>
    /// <param name="moment">The run at the moment.</param>
    /// <param name="episodes">Number of episodes that had ended.</param>
    public PolicyChanges? At(RunView moment, long episodes)
    {
        long course = Course(moment);
        lock (gate)
        {
            if (found is { } known && (known.Changes.Episodes > episodes || known.Course != course))
                found = null;
            wanted = (moment, episodes);
            asked = Stopwatch.GetTimestamp();
            if (!IsDone && !isWorking && (failed == 0 || Stopwatch.GetElapsedTime(failed) > interest))
            {
                isWorking = true;
                _ = Task.Run(WorkAsync);
            }

            return found?.Changes;
        }
    }

    /// <summary>Whether nothing is being replayed.</summary>
    public bool IsAtRest
    {
        get
        {
            lock (gate)
                return !isWorking;
        }
    }

    bool IsDone => found is { Changes: { After: 0 } all } && all.Episodes >= wanted.Episodes;

    // After a return to a checkpoint, later episodes are other ones.
    static long Course(RunView view) => view.EventLog.LastOrDefault(e => e.Kind == RunEventKind.RunResumed)?.Seq ?? 0;

    async Task WorkAsync()
    {
        try
        {
            while (true)
            {
                RunView moment;
                long episodes;
                PolicyChanges? known;
                lock (gate)
                {
                    if (IsDone)
                        break;
                    ((moment, episodes), known) = (wanted, found?.Changes);
                }

                long begun = Stopwatch.GetTimestamp(), course = Course(moment);
                var now = await ReplayAsync(moment.Rewind().Until(episodes), known);
                lock (gate)
                {
                    // Unless another moment was asked for, before what was known.
                    if (ReferenceEquals(known, found?.Changes))
                        found = (now, course);
                }

                if (known is { After: 0 } && moment.Status().State == RunState.Training)
                    await Task.Delay(Rarity * Stopwatch.GetElapsedTime(begun));
                EndUnlessAsked();
            }
        }
        catch (OperationCanceledException)
        {
            // No one asks any more.
        }
        catch (Exception)
        {
            // The file cannot be read now, which the view itself reports.
            failed = Stopwatch.GetTimestamp();
        }

        lock (gate)
            isWorking = false;
    }

    /// <summary>
    /// Ends the work when no one has asked for a while. The work itself looks, since a timer would be late where others block the threads
    /// of the pool.
    /// </summary>
    void EndUnlessAsked()
    {
        if (Stopwatch.GetElapsedTime(Volatile.Read(ref asked)) > interest)
            throw new OperationCanceledException();
    }

    /// <summary>Continues what is known towards the first episode; then replays the episodes that have ended since.</summary>
    async Task<PolicyChanges> ReplayAsync(Rewind rewind, PolicyChanges? known)
    {
        var whole = known is { After: 0 } ? known : null;
        var now = whole is null ? known : null;
        if (now is not null)
            rewind = rewind.Until(now.Episodes);
        do
        {
            await turn.WaitAsync();
            try
            {
                now = PolicyChanges.Back(rewind, now, PartTime, EndUnlessAsked, CancellationToken.None);
            }
            finally
            {
                turn.Release();
            }
        }
        while (now.After > whole?.Episodes);

        return whole is null ? now : now.Over(whole);
    }
}
