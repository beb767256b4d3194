using System.Text.Json;

namespace GridWorld;

/// <summary>Something in a run's file is not what was written.</summary>
/// <param name="message">What, as a sentence without its full stop.</param>
/// <param name="wayOut">What can be done, as sentences; null: only a copy of the file helps.</param>
internal sealed class StoreDamage(string message, string? wayOut = null) : Exception(message)
{
    public string WayOut => wayOut ?? "It was left untouched; put back a copy of it.";

    /// <summary>The newest checkpoint cannot be read.</summary>
    public static StoreDamage OfCheckpoint(long episode, string why) => new($"The checkpoint after episode {episode} cannot be read ({why})",
        "Resume the run: it falls back to the checkpoint before, reports that, and reruns the missing episodes, with the same result. Or put back a copy of the file.");

    /// <summary>Whether an exception comes of content that makes no sense.</summary>
    public static bool IsOfContent(Exception e) => e is StoreDamage or ArgumentException or InvalidCastException or ArithmeticException or FormatException
        or IndexOutOfRangeException or NullReferenceException or JsonException or KeyNotFoundException or InvalidOperationException or InvalidDataException or EndOfStreamException;

    /// <summary>Decodes something; whatever it fails by is damage.</summary>
    public static T Explain<T>(Func<T> decode)
    {
        try
        {
            return decode();
        }
        catch (Exception e) when (e is not StoreDamage && IsOfContent(e))
        {
            throw new StoreDamage($"Its content makes no sense: {e.Message.TrimEnd('.')}");
        }
    }
}
