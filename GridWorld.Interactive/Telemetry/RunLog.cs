using Microsoft.Extensions.Logging;

namespace GridWorld;

/// <summary>
/// Structured logs of the events of the runs and of the live server of this process. The ids and names of the events are stable; a run's
/// are those of <see cref="RunEvents"/>. No log holds a token.
/// </summary>
public static class RunLog
{
    /// <summary>The category of the events of runs.</summary>
    public const string RunCategory = "GridWorld.Run";

    /// <summary>The category of the events of the live server.</summary>
    public const string ServerCategory = "GridWorld.Server";

    static readonly Lock Gate = new();
    static ILogger[] servers = [];

    /// <summary>Writes to a logger from now on, until what is returned is disposed of. The loggers are called on the threads that train, between two slices.</summary>
    /// <param name="loggers">Where the logs go; it must outlive what is returned.</param>
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

    /// <summary>Writes for the server.</summary>
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
                // A logger that fails costs its log, not the server.
            }
        }
    }

    sealed class End(Action action) : IDisposable
    {
        Action? action = action;

        public void Dispose() => Interlocked.Exchange(ref action, null)?.Invoke();
    }
}
