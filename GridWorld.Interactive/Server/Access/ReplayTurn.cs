namespace GridWorld;

/// <summary>Runs the past again, for one caller at a time and for a bounded while: whoever may look may not take the machine.</summary>
internal sealed class ReplayTurn(TimeSpan patience)
{
    readonly SemaphoreSlim turn = new(1);

    /// <summary>What is said of work that was given up.</summary>
    public string TooLong => $"Replaying up to there takes more than {patience.TotalSeconds} s. Ask again later, or train with a store: its checkpoints shorten the replay.";

    /// <exception cref="OperationCanceledException">The caller is gone, or the patience at its end.</exception>
    public async Task<T> TakeAsync<T>(Func<CancellationToken, T> work, CancellationToken gone)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(gone);
        stop.CancelAfter(patience);
        await turn.WaitAsync(stop.Token);
        try
        {
            return await Task.Run(() => work(stop.Token), stop.Token);
        }
        finally
        {
            turn.Release();
        }
    }
}
