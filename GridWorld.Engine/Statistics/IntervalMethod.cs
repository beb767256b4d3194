namespace GridWorld;

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
