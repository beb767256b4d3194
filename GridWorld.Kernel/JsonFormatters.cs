using Microsoft.DotNet.Interactive.Formatting;

namespace GridWorld;

/// <summary>
/// The JSON that <c>#!share</c> passes to other languages and <c>#!who</c> requests for every variable. By default the kernel writes all
/// properties, and throws at the first span.
/// </summary>
internal static class JsonFormatters
{
    public static void Register()
    {
        Register<Run>(JsonSummary.Of);
        Register<RunView>(JsonSummary.Of);
        Register<World>(JsonSummary.Of);
        Register<Plan>(JsonSummary.Of);
        Register<Ensemble>(JsonSummary.Of);
        Register<SweepRun>(JsonSummary.Of);
    }

    static void Register<T>(Func<T, string> json) =>
        Formatter.Register<T>((value, writer) => writer.Write(json(value)), JsonFormatter.MimeType);
}
