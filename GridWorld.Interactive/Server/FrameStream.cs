namespace GridWorld;

/// <summary>
/// The frames of one connection. At most one is on its way: the next goes out when the last was acknowledged, and then it is
/// the newest, so a slow page gets fewer frames and never a queue.
/// </summary>
internal sealed class FrameStream(HubServices services, Scope scope, Func<string, object, CancellationToken, Task> send, Action abort)
{
    static readonly TimeSpan LeastRest = TimeSpan.FromMilliseconds(50), LateWish = TimeSpan.FromMilliseconds(250);

    readonly Lock gate = new();
    readonly SemaphoreSlim changed = new(0, 1);
    ViewRequest? wanted;
    MapRequest? wantedMap;
    long seq, acknowledged;

    /// <summary>Replaces what the page sees; its next frame is whole.</summary>
    public void View(ViewRequest request)
    {
        lock (gate)
            (wanted, wantedMap) = (request, null);
        Wake();
    }

    /// <summary>Shows another part of the map in what the page sees; the next frame goes on from the last.</summary>
    public void Map(MapRequest part)
    {
        lock (gate)
            wantedMap = part;
        Wake();
    }

    public void Ack(long number)
    {
        lock (gate)
            if (number > acknowledged && number <= seq)
                acknowledged = number;
        Wake();
    }

    /// <summary>Ends when the connection does.</summary>
    public async Task RunAsync(CancellationToken ended)
    {
        ViewComposer? composer = null;
        var interval = TimeSpan.Zero;
        bool isBroken = false, isAsked = false;
        try
        {
            while (true)
            {
                var begun = services.Time.GetTimestamp();
                // A stored run that was taken up here is shown live from then on; one that is replayed as it was, until that ends.
                var here = composer is null ? null : services.Runs.Here(composer.SessionId);
                var isOther = composer is not null && (composer.IsStale || here != composer.Run && (here is not null || composer.Run.View is ReplayedRun));
                if ((TakeWanted() ?? (isOther ? composer!.Request : null)) is { } request)
                    (composer, interval, isBroken, isAsked) = (await OpenAsync(request, ended), request.Interval, false, true);
                if (TakeMap() is { } part)
                    composer?.Show(part);
                // What cannot be read is told once. A run that is being taken up may be such for a moment, and is another one after.
                if (composer is not null && !isBroken)
                    isBroken = !await SendViewAsync(composer, ended);
                // A new connection has no rest to keep: its first view is wanted at once.
                if (isAsked)
                    await Task.Delay(LeastRest, services.Time, ended);
                var rest = composer is null ? Timeout.InfiniteTimeSpan : interval - services.Time.GetElapsedTime(begun);
                await WaitAsync(() => IsOtherWanted || Volatile.Read(ref wantedMap) is not null, rest, ended);
            }
        }
        catch (OperationCanceledException)
        {
            // The page is gone, or did not keep up.
        }
        catch (Exception)
        {
            abort();
        }
    }

    async Task<ViewComposer?> OpenAsync(ViewRequest request, CancellationToken ended)
    {
        try
        {
            var run = services.Runs.Find(request.Run);
            return new(run, request, scope == Scope.Control, request.At is { } at ? await PastAsync(run.View, at, ended) : null);
        }
        catch (Exception e) when (e is UnknownRunException or InputException || (e is OperationCanceledException && !ended.IsCancellationRequested))
        {
            if (e is not OperationCanceledException || !IsOtherWanted)
                await send("fault", new Fault(e is OperationCanceledException ? services.Turn.TooLong : e.Message), ended);
            return null;
        }
    }

    /// <summary>The run as it was; given up soon where another view is wanted meanwhile, so that whoever drags through time sees the newest wish.</summary>
    async Task<RunView> PastAsync(RunView view, long at, CancellationToken ended)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(ended);
        var past = services.Turn.TakeAsync(stop => view.Past(at, stop), late.Token);
        _ = past.ContinueWith(_ => Wake(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await WaitAsync(() => past.IsCompleted || IsOtherWanted, Timeout.InfiniteTimeSpan, ended);
        if (!past.IsCompleted)
            late.CancelAfter(LateWish);
        return await past;
    }

    /// <summary>False where the run can no longer be read.</summary>
    async Task<bool> SendViewAsync(ViewComposer composer, CancellationToken ended)
    {
        List<List<Section>> frames;
        bool whole;
        try
        {
            frames = FramePacker.Pack(composer.Compose(out whole), whole);
        }
        catch (Exception e)
        {
            await send("fault", new Fault(e is InputException ? e.Message : "The run could not be read. What you see is how it was."), ended);
            return false;
        }

        for (var k = 0; k < frames.Count; k++)
        {
            long number, last;
            lock (gate)
                (last, number) = (seq, ++seq);
            var frame = FramePacker.Frame(services.Instance, composer.SessionId, composer.Request.At, number, whole && k == 0 ? null : last, k + 1 < frames.Count, frames[k]);
            await SendAsync(frame, ended);
            if (!await AcknowledgedAsync(number, ended))
                break;
        }

        return true;
    }

    async Task SendAsync(RawJson frame, CancellationToken ended)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ended);
        patience.CancelAfter(services.Limits.AckTimeout);
        try
        {
            await send("frame", frame, patience.Token);
            ServerTelemetry.Frames.TryAdd(1);
        }
        catch (OperationCanceledException)
        {
            abort();
            throw;
        }
    }

    /// <summary>
    /// False where another view is wanted meanwhile. A page that is not drawn keeps its last frame unacknowledged and costs
    /// nothing; one that never acknowledged any is no reader, and is dropped.
    /// </summary>
    async Task<bool> AcknowledgedAsync(long number, CancellationToken ended)
    {
        var isKnown = Volatile.Read(ref acknowledged) > 0;
        if (!await WaitAsync(() => Volatile.Read(ref acknowledged) >= number || IsOtherWanted, isKnown ? Timeout.InfiniteTimeSpan : services.Limits.AckTimeout, ended))
        {
            abort();
            throw new OperationCanceledException();
        }

        return !IsOtherWanted;
    }

    bool IsOtherWanted => Volatile.Read(ref wanted) is not null;

    ViewRequest? TakeWanted()
    {
        lock (gate)
        {
            var request = wanted;
            wanted = null;
            return request;
        }
    }

    MapRequest? TakeMap()
    {
        lock (gate)
        {
            var part = wantedMap;
            wantedMap = null;
            return part;
        }
    }

    /// <summary>True once it holds, false once the time is up.</summary>
    async Task<bool> WaitAsync(Func<bool> holds, TimeSpan atMost, CancellationToken ended)
    {
        using var time = atMost == Timeout.InfiniteTimeSpan ? new CancellationTokenSource() : new CancellationTokenSource(atMost < TimeSpan.Zero ? TimeSpan.Zero : atMost, services.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ended, time.Token);
        try
        {
            while (!holds())
                await changed.WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!ended.IsCancellationRequested)
        {
            return holds();
        }
    }

    void Wake()
    {
        lock (gate)
            if (changed.CurrentCount == 0)
                changed.Release();
    }
}
