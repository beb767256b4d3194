namespace GridWorld;

/// <summary>
/// Sends the frames of one connection. At most one frame is unacknowledged. The next frame is sent after the acknowledgment and contains
/// the newest state, so a slow page gets fewer frames and never a queue.
/// </summary>
internal sealed class FrameStream(HubServices services, Scope scope, Func<string, object, CancellationToken, Task> send, Action abort)
{
    static readonly TimeSpan LeastRest = TimeSpan.FromMilliseconds(50), LateWish = TimeSpan.FromMilliseconds(250),
        AgainAfter = TimeSpan.FromSeconds(1);

    readonly Lock gate = new();
    readonly SemaphoreSlim changed = new(0, 1);
    ViewRequest? wanted;
    MapRequest? wantedMap;
    long seq, acknowledged;

    /// <summary>Replaces the view. The next frame is complete.</summary>
    public void View(ViewRequest request)
    {
        lock (gate)
            (wanted, wantedMap) = (request, null);
        Wake();
    }

    /// <summary>Shows another part of the map in the same view. The next frame contains only the changes.</summary>
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

    /// <summary>Sends frames until the connection ends.</summary>
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
                // Report a read error once, and retry until the run can be read. The next view is complete.
                if (fault is not null && fault != told)
                    await send("fault", new Fault(fault), ended);
                told = fault;
                // Do not repeat a replay that took too long.
                if (fault == services.Turn.TooLong)
                    request = null;
                // A connection without a view does not wait: its first view is sent immediately.
                if (request is not null)
                    await Task.Delay(LeastRest, services.Time, ended);
                var rest = request is null
                    ? Timeout.InfiniteTimeSpan : (fault is null ? request.Interval : AgainAfter) - services.Time.GetElapsedTime(begun);
                await WaitAsync(() => IsOtherWanted || Volatile.Read(ref wantedMap) is not null, rest, ended);
            }
        }
        catch (OperationCanceledException)
        {
            // The page disconnected, or did not acknowledge in time.
        }
        catch (Exception)
        {
            abort();
        }
    }

    /// <summary>Whether another view of the run replaces this one: the run was resumed here, or its playback started or ended.</summary>
    bool IsOther(ViewComposer composer)
    {
        var here = services.Runs.Here(composer.SessionId);
        return composer.IsStale || here != composer.Run && (here is not null || composer.Run.View is ReplayedRun);
    }

    /// <summary>Opens the view, or returns the error. Returns neither if another view was requested meanwhile.</summary>
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

    /// <summary>
    /// Gets the run at a past episode. Canceled if another view is requested meanwhile, so that dragging the slider shows the newest
    /// request.
    /// </summary>
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

    /// <summary>Sends the changes, or returns why the run cannot be read.</summary>
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
            return $"{(e is InputException ? Words(e) : "The run could not be read.")} "
                + "The live view shows its last known state and tries again every second.";
        }

        for (var k = 0; k < frames.Count; k++)
        {
            long number, last;
            lock (gate)
                (last, number) = (seq, ++seq);
            var frame = FramePacker.Frame(services.Instance, composer.SessionId, composer.Request.At, number, whole && k == 0 ? null : last,
                k + 1 < frames.Count, frames[k]);
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
    /// Waits for the acknowledgment. Returns false if another view was requested meanwhile. A hidden page does not acknowledge its last
    /// frame and costs nothing. A client that never acknowledged a frame is disconnected.
    /// </summary>
    async Task<bool> AcknowledgedAsync(long number, CancellationToken ended)
    {
        var isKnown = Volatile.Read(ref acknowledged) > 0;
        if (!await WaitAsync(() => Volatile.Read(ref acknowledged) >= number || IsOtherWanted,
            isKnown ? Timeout.InfiniteTimeSpan : services.Limits.AckTimeout, ended))
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

    /// <summary>Returns true as soon as the condition holds, and false when the time is up.</summary>
    async Task<bool> WaitAsync(Func<bool> holds, TimeSpan atMost, CancellationToken ended)
    {
        using var time = atMost == Timeout.InfiniteTimeSpan
            ? new CancellationTokenSource() : new CancellationTokenSource(atMost < TimeSpan.Zero ? TimeSpan.Zero : atMost, services.Time);
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
