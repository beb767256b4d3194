namespace GridWorld;

/// <summary>Keeps a cell running as long as its run, and updates the picture until the run ends.</summary>
internal static class CellShow
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Completes when the run ends, or when the user interrupts the cell. In the latter case the run keeps training.</summary>
    public static async Task RunAsync(Run run, KernelHost host, DisplayMode mode = DisplayMode.Live,
        CancellationToken cancellationToken = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.Cancellation?.Invoke() ?? default);
        var link = mode == DisplayMode.Live ? LiveLink.TryTo(run) : null;
        // A live view would reload with every picture, so only the last output has one.
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

        Moment Of(bool live) => new(RunOutput.Of(run, link, live));

        Action<object>? Show(Moment moment) => host.Display?.Invoke(moment);
    }

    /// <summary>
    /// Implements <c>await run</c> in a kernel: like <see cref="RunAsync"/>, but throws if the user interrupts the cell, so that the cell
    /// stops here.
    /// </summary>
    public static async Task AwaitAsync(Run run, KernelHost host)
    {
        var stopped = host.Cancellation?.Invoke() ?? default;
        await RunAsync(run, host).ConfigureAwait(false);
        if (!run.Completion.IsCompleted)
            stopped.ThrowIfCancellationRequested();
    }

    /// <summary>A finished output.</summary>
    [TypeFormatterSource(typeof(CellOutputFormatters), PreferredMimeTypes = [MimeTypes.Html, MimeTypes.Text])]
    internal sealed class Moment(CellOutput output) : ICellOutput
    {
        public CellOutput Output() => output;
    }
}
