namespace GridWorld;

/// <summary>How a notebook's kernel takes the library in; the extension in the package calls it.</summary>
internal static class KernelExtension
{
    static readonly Lock Gate = new();
    static ParentWatch? editor;

    /// <summary>
    /// Lets runs, worlds and tables show themselves in cells. Loading again is harmless: it puts our formatters in front of those that were registered since.
    /// </summary>
    /// <param name="host">What the kernel can do for us; null where that is known already.</param>
    public static void Load(KernelHost? host = null)
    {
        lock (Gate)
        {
            KernelFormatters.Register();
            if (host is null)
                return;
            KernelHost.Current = host;
            Run.WhileAwaited = run => CellShow.AwaitAsync(run, host);
            // A cell shows an exception as it prints itself, and the user has no use for the path through our code to their own wrong number.
            InputException.PrintsMessageOnly = true;
            // When its editor dies a kernel lives on, out of reach: another one must be able to take up its runs.
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
