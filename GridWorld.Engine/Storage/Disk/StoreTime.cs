using System.Globalization;

namespace GridWorld;

/// <summary>Converts times to and from text.</summary>
internal static class StoreTime
{
    public static string Write(DateTimeOffset time) => time.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);

    public static DateTimeOffset Read(object? text) =>
        DateTimeOffset.TryParse(text as string, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new StoreDamage($"'{text}' is not a time");
}
