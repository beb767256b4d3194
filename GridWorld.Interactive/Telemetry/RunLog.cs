using Microsoft.Extensions.Logging;

namespace GridWorld;

/// <summary>
/// Structured logs of the events of this process's runs and live server. The ids and names of the events are stable; a run's events have
/// the names in <see cref="RunEventKind"/>. Logs never contain a token.
/// </summary>
public static class RunLog
{
    /// <summary>The category of the events of runs.</summary>
    public const string RunCategory = "GridWorld.Run";

    /// <summary>The category of the events of the live server.</summary>
    public const string ServerCategory = "GridWorld.Server";

    static readonly Lock Gate = new();
    static ILogger[] servers = [];

    /// <summary>Starts logging. The training threads call the loggers between two slices of training.</summary>
    /// <param name="loggers">The factory of the loggers. Do not dispose it before the returned object.</param>
    /// <returns>An object that stops the logging when it is disposed.</returns>
    public static IDisposable To(ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(loggers);
        var (runs, server) = (loggers.CreateLogger(RunCategory), loggers.CreateLogger(ServerCategory));
        Action<RunEvent, RunSpecification> heard = (e, specification) => RunMessages.Write(runs, e, specification);
        RunTelemetry.EventAdded += heard;
        lock (Gate)
            servers = [.. servers, server];
        return new End(() =>
        {
            RunTelemetry.EventAdded -= heard;
            lock (Gate)
                servers = [.. servers.Where(s => s != server)];
        });
    }

    /// <summary>Writes a log of the server.</summary>
    internal static void OfServer(Action<ILogger> write)
    {
        foreach (var logger in Volatile.Read(ref servers))
        {
            try
            {
                write(logger);
            }
            catch (Exception)
            {
                // A logger that throws must not stop the server.
            }
        }
    }

    sealed class End(Action action) : IDisposable
    {
        Action? action = action;

        public void Dispose() => Interlocked.Exchange(ref action, null)?.Invoke();
    }
}
