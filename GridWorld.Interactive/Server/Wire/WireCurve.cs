using System.Text.Json;
using System.Text.Json.Serialization;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

#pragma warning disable CS1573 // Only members whose names do not say it have words.

namespace GridWorld;

/// <summary>A part of a curve in a frame: points that are new or have changed.</summary>
/// <param name="From">The first episode of the whole curve.</param>
/// <param name="To">Its last episode.</param>
/// <param name="Bucket">Episodes per point.</param>
/// <param name="Reset">Whether these points replace all known points.</param>
internal sealed record WireCurve(long From, long To, long Bucket, bool Reset, IReadOnlyList<WireBucket> Points);

/// <summary>The episodes from start to end, both counted, as one point; written as a row.</summary>
[JsonConverter(typeof(WireBucketConverter))]
internal sealed record WireBucket(long Start, long End, double Min, double Max, double Mean, double Std, long Count)
{
    public static WireBucket Of(MetricBucket b) => new(b.Start, b.End, b.Min, b.Max, b.Mean, b.Std, b.Count);
}

internal sealed class WireBucketConverter : WriteConverter<WireBucket>
{
    public override void Write(Utf8JsonWriter writer, WireBucket value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(value.Start);
        writer.WriteNumberValue(value.End);
        foreach (var number in (ReadOnlySpan<double>)[value.Min, value.Max, value.Mean, value.Std])
        {
            // A single episode has the same digits as in the log.
            if (value.Count == 1)
                writer.Number(number);
            else
                writer.Rounded(number);
        }

        writer.WriteNumberValue(value.Count);
        writer.WriteEndArray();
    }
}

/// <summary>Steps taken and seconds trained by the end of an episode; written as a row.</summary>
[JsonConverter(typeof(WireAxisMarkConverter))]
[JsonNumberHandling(JsonNumberHandling.Strict)]
internal sealed record WireAxisMark(long Episode, long Steps, double? Seconds);

internal sealed class WireAxisMarkConverter : WriteConverter<WireAxisMark>
{
    public override void Write(Utf8JsonWriter writer, WireAxisMark value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(value.Episode);
        writer.WriteNumberValue(value.Steps);
        writer.Number(value.Seconds);
        writer.WriteEndArray();
    }
}

/// <summary>A curve by itself, for a caller without a connection.</summary>
/// <param name="Bucket">Episodes per point; 1: exact rows.</param>
/// <param name="Kept">The ranges of episodes with a stored raw row.</param>
internal sealed record WireMetrics(string SessionId, string Series, long Bucket, IEnumerable<IReadOnlyList<long>> Kept,
    IEnumerable<WirePoint> Points);

/// <summary>The episodes from start to end, both counted.</summary>
/// <param name="Steps">Steps taken by the end.</param>
/// <param name="Seconds">Seconds trained by the end; null if unknown.</param>
internal sealed record WirePoint(long Start, long End, double Min, double Max, double Mean, double Std, long Count,
    [property: JsonIgnore(Condition = WhenWritingNull)] long? Steps, double? Seconds);
