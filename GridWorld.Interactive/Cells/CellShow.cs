namespace GridWorld;

/// <summary>Keeps a cell going with a run: its picture is renewed until the run has ended, and the last one stays.</summary>
internal static class CellShow
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Ends with the run, or, leaving the run to train, when the person stops the cell.</summary>
    public static async Task RunAsync(Run run, KernelHost host, DisplayMode mode = DisplayMode.Live, CancellationToken cancellationToken = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.Cancellation?.Invoke() ?? default);
        var link = mode == DisplayMode.Live ? LiveLink.TryTo(run.View) : null;
        // A frame would begin anew with every picture, so only the last output has one.
        var replace = run.Completion.IsCompleted ? null : Show(Of(live: false));
        while (!run.Completion.IsCompleted && !stop.IsCancellationRequested)
        {
            await Task.WhenAny(run.Completion, Task.Delay(Interval, stop.Token)).ConfigureAwait(false);
            if (!run.Completion.IsCompleted && !stop.IsCancellationRequested)
                replace?.Invoke(Of(live: false));
        }

        if (replace is null)
            Show(Of(live: true));
        else
            replace(Of(live: true));

        Moment Of(bool live) => new(RunOutput.Of(run.View, link, live));

        Action<object>? Show(Moment moment) => host.Display?.Invoke(moment);
    }

    /// <summary>What <c>await run</c> does in a kernel: as above, but a stopped cell goes no further than here.</summary>
    public static async Task AwaitAsync(Run run, KernelHost host)
    {
        var stopped = host.Cancellation?.Invoke() ?? default;
        await RunAsync(run, host).ConfigureAwait(false);
        if (!run.Completion.IsCompleted)
            stopped.ThrowIfCancellationRequested();
    }

    /// <summary>An output that was made a moment ago.</summary>
    [TypeFormatterSource(typeof(CellOutputFormatters), PreferredMimeTypes = [MimeTypes.Html, MimeTypes.Text])]
    internal sealed class Moment(CellOutput output) : ICellOutput
    {
        public CellOutput Output() => output;
    }
}
