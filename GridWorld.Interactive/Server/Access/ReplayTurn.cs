namespace GridWorld;

/// <summary>Replays episodes for one caller at a time and for a limited time, so that a viewer cannot use up the machine.</summary>
internal sealed class ReplayTurn(TimeSpan patience)
{
    readonly SemaphoreSlim turn = new(1);

    /// <summary>The message for canceled work.</summary>
    public string TooLong =>
        $"Replaying up to this episode takes more than {patience.TotalSeconds} s. "
        + "Try again later, or train with a store, whose checkpoints shorten the replay.";

    /// <exception cref="OperationCanceledException">The caller disconnected, or the time limit expired.</exception>
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
