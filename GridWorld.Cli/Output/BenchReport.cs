using System.Text.Json.Serialization;

namespace GridWorld.Cli;

/// <summary>What <c>bench --json</c> prints.</summary>
/// <param name="QChecksum">A number, or an array of one per seed.</param>
internal sealed record BenchReport(double StepsPerSecond, double MeanReturn, object QChecksum, long Episodes, long Steps, double Seconds,
    double StartSeconds, double BytesPerState, double CheckpointMilliseconds, double AllocatedBytesPerStep,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? CheckpointPauseMs,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Frames);
