using System.Runtime.InteropServices;

namespace GridWorld;

/// <summary>Shows runs live: in a notebook's cell, else in a browser.</summary>
public static class Showing
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Serves the live view of a run on this machine. As the last line of a cell the result shows it there; in a program the address is printed,
    /// and opened where there is a browser (GRIDWORLD_BROWSER_OPEN=0 leaves it closed).
    /// </summary>
    /// <param name="run">The run, training or ended.</param>
    /// <param name="readOnly">Whether who has the address may only look.</param>
    /// <exception cref="InputException">The server cannot be started.</exception>
    public static LiveView Show(this Run run, bool readOnly = false) => Show(run.View, readOnly);

    /// <inheritdoc cref="Show(Run, bool)"/>
    public static LiveView Show(this RunView run, bool readOnly = false)
    {
        var view = new LiveView(run, LiveLink.To(run, readOnly));
        if (KernelExtension.Host is null)
        {
            Console.WriteLine($"Live view: {view.Url}");
            BrowserWindow.Open(view.Url);
        }

        return view;
    }

    /// <summary>
    /// Shows a run for as long as there is something to see. In a notebook the cell goes on until the run has ended, its picture renewed every two seconds,
    /// or until the person stops the cell, which leaves the run training. In a program it goes on until Ctrl+C.
    /// </summary>
    /// <param name="run">The run, training or ended.</param>
    /// <param name="readOnly">Whether who has the address may only look.</param>
    /// <param name="cancellationToken">Ends the showing, not the run.</param>
    /// <exception cref="InputException">The server cannot be started.</exception>
    public static Task ShowAsync(this Run run, bool readOnly = false, CancellationToken cancellationToken = default)
    {
        if (KernelExtension.Host is { } host)
            return ShowInCellAsync(run, host, cancellationToken);
        run.Show(readOnly);
        Console.WriteLine("Ctrl+C ends it.");
        return UntilInterruptedAsync(cancellationToken);
    }

    /// <summary>A picture that is replaced while the cell runs; a frame in it would begin anew each time, so only the last output has one.</summary>
    static async Task ShowInCellAsync(Run run, KernelHost host, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.Cancellation?.Invoke() ?? default);
        var link = LiveLink.TryTo(run.View);
        var replace = host.Display?.Invoke(new Moment(RunOutput.Of(run.View, link, live: false)));
        while (!run.Completion.IsCompleted && !stop.IsCancellationRequested)
        {
            await Task.WhenAny(run.Completion, Task.Delay(Interval, stop.Token)).ConfigureAwait(false);
            if (!run.Completion.IsCompleted && !stop.IsCancellationRequested)
                replace?.Invoke(new Moment(RunOutput.Of(run.View, link, live: false)));
        }

        replace?.Invoke(new Moment(RunOutput.Of(run.View, link)));
    }

    static async Task UntilInterruptedAsync(CancellationToken cancellationToken)
    {
        var ended = new TaskCompletionSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var cancelled = cancellationToken.Register(() => ended.TrySetResult());
        await ended.Task.ConfigureAwait(false);
        await LiveLink.StopAsync().ConfigureAwait(false);

        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            ended.TrySetResult();
        }
    }

    /// <summary>An output that was made a moment ago.</summary>
    [TypeFormatterSource(typeof(CellOutputFormatters), PreferredMimeTypes = [MimeTypes.Html, MimeTypes.Png, MimeTypes.Text])]
    sealed class Moment(CellOutput output) : ICellOutput
    {
        public CellOutput Output() => output;
    }
}
