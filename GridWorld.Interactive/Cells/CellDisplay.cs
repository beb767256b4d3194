namespace GridWorld;

/// <summary>Keeps a cell running as long as its run, and updates the picture until the run ends.</summary>
internal static class CellDisplay
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Completes when the run ends, or when the user interrupts the cell. In the latter case the run keeps training.</summary>
    public static Task RunAsync(Run run, KernelHost host, DisplayMode mode = DisplayMode.Live,
        CancellationToken cancellationToken = default)
    {
        var link = mode == DisplayMode.Live ? LiveLink.TryTo(run) : null;
        // A live view would reload with every picture, so only the last output has one.
        return FollowAsync(run.Completion, isLast => RunOutput.Of(run, link, isLast), host, cancellationToken);
    }

    static async Task FollowAsync(Task completion, Func<bool, CellOutput> of, KernelHost host, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.Cancellation?.Invoke() ?? default);
        var replace = completion.IsCompleted ? null : Show(isLast: false);
        while (!completion.IsCompleted && !stop.IsCancellationRequested)
        {
            await Task.WhenAny(completion, Task.Delay(Interval, stop.Token)).ConfigureAwait(false);
            if (!completion.IsCompleted && !stop.IsCancellationRequested)
                replace?.Invoke(new Moment(of(false)));
        }

        if (replace is null)
            Show(isLast: true);
        else
            replace(new Moment(of(true)));

        Action<object>? Show(bool isLast) => host.Display?.Invoke(new Moment(of(isLast)));
    }

    /// <summary>
    /// Implements <c>await</c> of an ensemble or a sweep in a kernel: shows how it gets on, and throws if the user interrupts the cell.
    /// </summary>
    public static async Task AwaitAsync(Task completion, Func<bool, CellOutput> of, KernelHost host)
    {
        var stopped = host.Cancellation?.Invoke() ?? default;
        await FollowAsync(completion, of, host, default).ConfigureAwait(false);
        if (!completion.IsCompleted)
            stopped.ThrowIfCancellationRequested();
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
