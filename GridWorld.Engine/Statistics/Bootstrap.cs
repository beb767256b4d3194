using System.Globalization;

namespace GridWorld;

/// <summary>
/// How a confidence interval is computed from resampled scores (Efron, 1979). The scores of each task are drawn with replacement from that
/// task only (stratified). The same scores and options give the same interval, in any order of the runs and on any number of threads.
/// </summary>
public sealed record Bootstrap
{
    internal static readonly Bootstrap Default = new();

    /// <summary>The method. Default <see cref="IntervalMethod.Studentized"/>, the method that covers best with few seeds.</summary>
    public IntervalMethod Method { get; init; } = IntervalMethod.Studentized;

    /// <summary>The confidence level, in [0.5, 0.999]. Default 0.95.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>The number of resamples, 2,000 … 10,000,000. Default 2,000.</summary>
    public int Resamples { get; init; } = 2_000;

    /// <summary>The seed of the resamples. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>The number of threads, at least 1; null for one per core, the default. It never changes the result.</summary>
    public int? Threads { get; init; }

    internal void Check() => new Faults()
        .Require(Enum.IsDefined(Method), $"Method must be one of {string.Join(", ", Enum.GetNames<IntervalMethod>())} (got {Method}).")
        .Require(Level is >= 0.5 and <= 0.999, Text($"Level must be between 0.5 and 0.999 (got {Level}). Use 0.95 for a 95 % interval."))
        .Require(Resamples is >= 2_000 and <= 10_000_000, $"Resamples must be between 2000 and 10000000 (got {Resamples}).")
        .Require(Threads is null or >= 1, $"Threads must be at least 1 (got {Threads}). Use null for one per core.")
        .ThrowIfAny();

    internal ParallelOptions Parallelism => new() { MaxDegreeOfParallelism = Threads ?? Environment.ProcessorCount };

    /// <summary>A generator per resample, so that the resamples do not depend on the thread that draws them.</summary>
    internal Rng Generator(int resample) => Rng.Streams(Rng.Streams(Seed).Model.Next() + (ulong)resample * 0xd1342543de82ef95).Behavior;

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
