using System.Diagnostics.Metrics;

namespace GridWorld;

/// <summary>The live server's instruments on the meter of <see cref="Telemetry"/>.</summary>
internal static class ServerTelemetry
{
    static int pages;

    public static ObservableUpDownCounter<int> Pages { get; } =
        Telemetry.Meter.CreateObservableUpDownCounter("gridworld.server.pages", () => Volatile.Read(ref pages), "{page}",
            "Live views connected to live servers.");

    public static Counter<long> Frames { get; } =
        Telemetry.Meter.CreateCounter<long>("gridworld.server.frames", "{frame}", "Frames sent to live views.");

    public static Counter<long> Refusals { get; } =
        Telemetry.Meter.CreateCounter<long>("gridworld.server.refusals", "{request}", "Refused requests by status.");

    public static void PageCame() => Interlocked.Increment(ref pages);

    public static void PageLeft() => Interlocked.Decrement(ref pages);

    public static void Refused(int status)
    {
        Refusals.TryAdd(1, new KeyValuePair<string, object?>("http.response.status_code", status));
        RunLog.OfServer(log => RunMessages.RequestRefused(log, status));
    }
}
