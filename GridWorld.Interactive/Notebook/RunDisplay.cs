using System.Runtime.InteropServices;

namespace GridWorld;

/// <summary>Shows the live view of runs, in a notebook cell or in a browser.</summary>
public static class RunDisplay
{
    /// <summary>
    /// Serves the live view of a run on this machine. As the last line of a cell, the result shows the live view. A program prints the
    /// address and opens a browser if there is one (unless GRIDWORLD_BROWSER_OPEN is 0).
    /// </summary>
    /// <param name="run">The run, in training or ended.</param>
    /// <param name="readOnly">Whether the address is view-only. Default: false, anyone who has the address can steer the run.</param>
    /// <exception cref="InputException">The server cannot be started.</exception>
    public static LiveView Show(this RunView run, bool readOnly = false)
    {
        ArgumentNullException.ThrowIfNull(run);
        var view = new LiveView(run, LiveLink.To(run, readOnly));
        if (KernelHost.Current is null)
        {
            Console.WriteLine($"Live view: {view.Url}");
            if (view.PublicUrl is { } elsewhere)
                Console.WriteLine($"From other machines: {elsewhere}");
            BrowserWindow.Open(view.Url);
        }

        return view;
    }

    /// <summary>
    /// Shows a run until it ends. In a notebook, the cell updates the picture every two seconds until the run ends or the user interrupts
    /// the cell; the run itself continues. In a program, the method serves the live view until Ctrl+C.
    /// </summary>
    /// <param name="run">The run, in training or ended.</param>
    /// <param name="readOnly">Whether the address is view-only. Default: false, anyone who has the address can steer the run.</param>
    /// <param name="cancellationToken">A token that stops showing the run. The run itself continues.</param>
    /// <exception cref="InputException">The server cannot be started.</exception>
    public static Task ShowAsync(this Run run, bool readOnly = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (KernelHost.Current is { } host)
            return CellDisplay.RunAsync(run, host, cancellationToken: cancellationToken);
        run.Show(readOnly);
        Console.WriteLine("To end the live view, press Ctrl+C.");
        return UntilInterruptedAsync(cancellationToken);
    }

    /// <summary>
    /// Shows a run until it ends. <see cref="DisplayMode.Inline"/> opens no port; in a program, it prints a line of numbers every two
    /// seconds.
    /// </summary>
    /// <param name="run">The run, in training or ended.</param>
    /// <param name="mode">Live or inline.</param>
    /// <param name="cancellationToken">A token that stops showing the run. The run itself continues.</param>
    /// <exception cref="InputException">The mode is live and the server cannot be started.</exception>
    public static Task ShowAsync(this Run run, DisplayMode mode, CancellationToken cancellationToken = default) =>
        KernelHost.Current is { } host ? CellDisplay.RunAsync(Guard.NotNull(run), host, mode, cancellationToken)
        : mode == DisplayMode.Live ? Guard.NotNull(run).ShowAsync(cancellationToken: cancellationToken)
        : PrintAsync(Guard.NotNull(run), cancellationToken);

    static async Task PrintAsync(Run run, CancellationToken cancellationToken)
    {
        while (!run.Completion.IsCompleted && !cancellationToken.IsCancellationRequested)
        {
            Console.WriteLine(run);
            await Task.WhenAny(run.Completion, Task.Delay(CellDisplay.Interval, cancellationToken)).ConfigureAwait(false);
        }

        Console.WriteLine(run);
    }

    static async Task UntilInterruptedAsync(CancellationToken cancellationToken)
    {
        var ended = new TaskCompletionSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var canceled = cancellationToken.Register(() => ended.TrySetResult());
        await ended.Task.ConfigureAwait(false);
        await LiveLink.StopAsync().ConfigureAwait(false);

        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            ended.TrySetResult();
        }
    }
}
