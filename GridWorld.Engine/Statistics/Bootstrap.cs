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

/// <summary>How an interval is computed from the resamples. docs/comparing-fairly.md lists the measured cover of each method.</summary>
public enum IntervalMethod
{
    /// <summary>
    /// Bootstrap-t (Efron, 1982): the quantiles of (resampled − estimate) / standard error. Covers at its level from about 10 runs on, and
    /// best of these methods if the scores are skewed. The standard error of an interquartile mean is that of Tukey and McLaughlin (1963).
    /// With fewer than 5 runs, or without a usable standard error, another method replaces it: see <see cref="ConfidenceInterval.Method"/>.
    /// </summary>
    Studentized,

    /// <summary>BCa, bias-corrected and accelerated (Efron, 1987). Like the percentile method, it is too narrow with 10 runs.</summary>
    BiasCorrected,

    /// <summary>
    /// The percentile method with quantiles moved outward for the number of runs (Hesterberg, 2015): the quantiles at
    /// Φ(∓t √(n/(n − 1))), t the quantile of Student's distribution. Covers at its level from about 10 nearly normal scores on.
    /// </summary>
    ExpandedPercentile,

    /// <summary>
    /// The quantiles of the resampled values (Efron, 1979), the method of rliable. With 10 runs, 95 % intervals cover 90 %.
    /// </summary>
    Percentile,

    /// <summary>
    /// Estimate ± t standard errors, t the quantile of Student's distribution; no resamples. Right for normal scores, from 2 runs on. The
    /// median over tasks and the probability of improvement have no standard error: the expanded percentile method replaces this one.
    /// </summary>
    StudentT,
}

/// <summary>An estimate and the interval that covers the true value with the given confidence.</summary>
/// <param name="Estimate">The value of the scores themselves, in their unit.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
/// <param name="Level">Confidence level, in (0, 1).</param>
/// <param name="Method">The method that was used. It differs from the requested method if that one cannot work on these scores.</param>
public sealed record ConfidenceInterval(double Estimate, double Low, double High, double Level, IntervalMethod Method)
{
    /// <summary>Returns whether a value lies inside the interval, ends included.</summary>
    public bool Contains(double value) => value >= Low && value <= High;
}
