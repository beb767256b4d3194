namespace GridWorld;

/// <summary>
/// The frames of one connection. At most one is on its way: the next goes out when the last was acknowledged, and then it is
/// the newest, so a slow page gets fewer frames and never a queue.
/// </summary>
internal sealed class FrameStream(HubServices services, Scope scope, Func<string, object, CancellationToken, Task> send, Action abort)
{
    static readonly TimeSpan LeastRest = TimeSpan.FromMilliseconds(50), LateWish = TimeSpan.FromMilliseconds(250), AgainAfter = TimeSpan.FromSeconds(1);

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

    /// <summary>Shows another part of the map in what the page sees; the next frame continues from the last.</summary>
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
        ViewRequest? request = null;
        ViewComposer? composer = null;
        string? told = null;
        try
        {
            while (true)
            {
                var begun = services.Time.GetTimestamp();
                if (TakeWanted() is { } other)
                    (request, composer, told) = (other, null, null);
                else if (composer is not null && IsOther(composer))
                    (request, composer) = (composer.Request, null);
                string? fault = null;
                if (composer is null && request is not null)
                    (composer, fault) = await OpenAsync(request, ended);
                if (TakeMap() is { } part)
                {
                    composer?.Show(part);
                    request = request is null ? null : request with { Map = part };
                }

                if (composer is not null)
                    fault = await SendViewAsync(composer, ended);
                // What cannot be read is told once, and tried again until it can: the view that comes then is whole.
                if (fault is not null && fault != told)
                    await send("fault", new Fault(fault), ended);
                told = fault;
                // No one waits twice for what took too long.
                if (fault == services.Turn.TooLong)
                    request = null;
                // A new connection has no rest to keep: its first view is wanted at once.
                if (request is not null)
                    await Task.Delay(LeastRest, services.Time, ended);
                var rest = request is null ? Timeout.InfiniteTimeSpan : (fault is null ? request.Interval : AgainAfter) - services.Time.GetElapsedTime(begun);
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

    /// <summary>A stored run that was resumed here is shown live from then on; one that is replayed as it was, until that ends.</summary>
    bool IsOther(ViewComposer composer)
    {
        var here = services.Runs.Here(composer.SessionId);
        return composer.IsStale || here != composer.Run && (here is not null || composer.Run.View is ReplayedRun);
    }

    /// <summary>The view, or why there is none; neither where another view is wanted meanwhile.</summary>
    async Task<(ViewComposer? Composer, string? Fault)> OpenAsync(ViewRequest request, CancellationToken ended)
    {
        try
        {
            var run = services.Runs.Find(request.Run);
            return (new(run, request, scope == Scope.Control, request.At is { } at ? await PastAsync(run.View, at, ended) : null), null);
        }
        catch (Exception e) when (e is UnknownRunException or InputException)
        {
            return (null, Words(e));
        }
        catch (OperationCanceledException) when (!ended.IsCancellationRequested)
        {
            return (null, IsOtherWanted ? null : services.Turn.TooLong);
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

    /// <summary>Sends what has changed; or tells why the run cannot be read.</summary>
    async Task<string?> SendViewAsync(ViewComposer composer, CancellationToken ended)
    {
        List<List<Section>> frames;
        bool whole;
        try
        {
            frames = FramePacker.Pack(composer.Compose(out whole), whole);
        }
        catch (Exception e)
        {
            return $"{(e is InputException ? Words(e) : "The run could not be read.")} What you see is how it was; it is read again every second.";
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

        return null;
    }

    string Words(Exception e) => scope == Scope.Control ? e.Message : services.Runs.WithoutFolders(e.Message);

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
    /// nothing; one that never acknowledged any is not a reader, and is dropped.
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
