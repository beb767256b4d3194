using System.Text.Json;

namespace GridWorld;

/// <summary>The exception for a run file whose content is not what was written.</summary>
/// <param name="message">The damage, as a sentence without its period.</param>
/// <param name="wayOut">The remedy, in sentences; null if only a copy of the file helps.</param>
internal sealed class StoreDamage(string message, string? wayOut = null) : Exception(message)
{
    public string WayOut => wayOut ?? "The file was not changed. Restore a copy of it.";

    /// <summary>The damage of the newest checkpoint.</summary>
    public static StoreDamage OfCheckpoint(long episode, string why) => new(
        $"The checkpoint after episode {episode} cannot be read ({why})",
        "Resume the run: it falls back to the previous checkpoint, reports that, and replays the missing episodes with the same result. "
        + "Or restore a copy of the file.");

    /// <summary>Whether an exception is caused by invalid content.</summary>
    public static bool IsOfContent(Exception e) =>
        e is StoreDamage or ArgumentException or InvalidCastException or ArithmeticException or FormatException
        or IndexOutOfRangeException or NullReferenceException or JsonException or KeyNotFoundException or InvalidOperationException
        or InvalidDataException or EndOfStreamException;

    /// <summary>Calls <paramref name="decode"/> and reports its exceptions as damage.</summary>
    public static T Explain<T>(Func<T> decode)
    {
        try
        {
            return decode();
        }
        catch (Exception e) when (e is not StoreDamage && IsOfContent(e))
        {
            throw new StoreDamage($"The content is invalid: {e.Message.TrimEnd('.')}");
        }
    }
}
