namespace GridWorld;

/// <summary>Registers the library with a notebook's kernel. The extension in the package calls it.</summary>
internal static class KernelExtension
{
    static readonly Lock Gate = new();
    static ParentWatch? editor;

    /// <summary>
    /// Registers the formatters for runs, worlds and tables. A second call moves them ahead of formatters that were registered since.
    /// </summary>
    /// <param name="host">The kernel's functions; null if they are already set.</param>
    public static void Load(KernelHost? host = null)
    {
        lock (Gate)
        {
            KernelFormatters.Register();
            if (host is null)
                return;
            KernelHost.Current = host;
            Run.WhileAwaited = run => CellDisplay.AwaitAsync(run, host);
            Ensemble.WhileAwaited = ensemble => CellDisplay.AwaitAsync(ensemble.Completion,
                isLast => EnsembleOutput.Of(ensemble, LiveLink.TryTo(ensemble), isLast), host);
            SweepRun.WhileAwaited = sweep => CellDisplay.AwaitAsync(sweep.Completion,
                isLast => SweepOutput.Of(sweep, LiveLink.TryTo(sweep), isLast), host);
            // A cell shows an exception's ToString. For an invalid argument, a stack trace through this library does not help the user.
            InputException.PrintsMessageOnly = true;
            // If its editor dies, a kernel keeps running but is out of reach. Another kernel must be able to resume its runs.
            editor ??= new(ParentWatch.OfThisProcess(), AtExit.StopAll, TimeProvider.System);
        }

        WidgetServer.DefaultOptions = new() { StopWithParent = true };
        host.RegisterForDisposal?.Invoke(new ServerEnd());
        host.Display?.Invoke(new Greeting());
    }

    sealed class ServerEnd : IDisposable
    {
        public void Dispose() => LiveLink.StopAsync().AsTask().Wait(TimeSpan.FromSeconds(2));
    }
}
