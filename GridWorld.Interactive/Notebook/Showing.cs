using System.Runtime.InteropServices;

namespace GridWorld;

/// <summary>Shows runs live: in a notebook's cell, else in a browser.</summary>
public static class Showing
{
    /// <summary>
    /// Serves the live view of a run on this machine. As the last line of a cell the result shows it there; in a program the address is printed,
    /// and opened where there is a browser (GRIDWORLD_BROWSER_OPEN=0 leaves it closed).
    /// </summary>
    /// <param name="run">The run, training or ended.</param>
    /// <param name="readOnly">Whether who has the address may only look.</param>
    /// <exception cref="InputException">The server cannot be started.</exception>
    public static LiveView Show(this Run run, bool readOnly = false) => Show(Given.NotNull(run).View, readOnly);

    /// <inheritdoc cref="Show(Run, bool)"/>
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
    /// Shows a run for as long as there is something to see. In a notebook the cell continues until the run has ended, its picture renewed every two seconds,
    /// or until the person stops the cell, which leaves the run training. In a program it continues until Ctrl+C.
    /// </summary>
    /// <param name="run">The run, training or ended.</param>
    /// <param name="readOnly">Whether who has the address may only look.</param>
    /// <param name="cancellationToken">Ends the showing, not the run.</param>
    /// <exception cref="InputException">The server cannot be started.</exception>
    public static Task ShowAsync(this Run run, bool readOnly = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (KernelHost.Current is { } host)
            return CellShow.RunAsync(run, host, cancellationToken: cancellationToken);
        run.Show(readOnly);
        Console.WriteLine("Ctrl+C ends it.");
        return UntilInterruptedAsync(cancellationToken);
    }

    /// <summary>
    /// Shows a run for as long as there is something to see; inline, no port is opened. In a program, inline prints a line of numbers
    /// every two seconds until the run has ended.
    /// </summary>
    /// <param name="run">The run, training or ended.</param>
    /// <param name="mode">Live or inline.</param>
    /// <param name="cancellationToken">Ends the showing, not the run.</param>
    /// <exception cref="InputException">Live, the server cannot be started.</exception>
    public static Task ShowAsync(this Run run, DisplayMode mode, CancellationToken cancellationToken = default) =>
        KernelHost.Current is { } host ? CellShow.RunAsync(Given.NotNull(run), host, mode, cancellationToken)
        : mode == DisplayMode.Live ? Given.NotNull(run).ShowAsync(cancellationToken: cancellationToken)
        : PrintAsync(Given.NotNull(run), cancellationToken);

    static async Task PrintAsync(Run run, CancellationToken cancellationToken)
    {
        while (!run.Completion.IsCompleted && !cancellationToken.IsCancellationRequested)
        {
            Console.WriteLine(run);
            await Task.WhenAny(run.Completion, Task.Delay(CellShow.Interval, cancellationToken)).ConfigureAwait(false);
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
