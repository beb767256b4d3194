using Microsoft.DotNet.Interactive.Formatting;

namespace GridWorld;

/// <summary>
/// What <c>#!share</c> hands to other languages, and <c>#!who</c> asks every variable for. What the kernel would write by itself are all
/// properties, and it throws on the first span.
/// </summary>
internal static class JsonFormatters
{
    public static void Register()
    {
        Register<Run>(run => JsonSummary.Of(run.View));
        Register<RunView>(JsonSummary.Of);
        Register<World>(JsonSummary.Of);
        Register<Plan>(JsonSummary.Of);
        Register<Ensemble>(JsonSummary.Of);
    }

    static void Register<T>(Func<T, string> json) =>
        Formatter.Register<T>((value, writer) => writer.Write(json(value)), JsonFormatter.MimeType);
}
