namespace GridWorld;

/// <summary>The first episode with the greatest return, and the first with the least; null if no return is finite.</summary>
internal sealed record Extremes(WireExtreme? Best, WireExtreme? Worst)
{
    const int Points = 1000;

    /// <param name="view">The run.</param>
    /// <param name="rewind">Reruns episodes without a stored raw row.</param>
    /// <param name="cancellationToken">A token that cancels the search.</param>
    public static Extremes Of(RunView view, Rewind rewind, CancellationToken cancellationToken) =>
        new(Find(view, rewind, bucket => bucket.Max, Enumerable.Max, cancellationToken),
        Find(view, rewind, bucket => bucket.Min, Enumerable.Min, cancellationToken));

    /// <summary>Searches from the whole run through smaller and smaller buckets that contain the value, to the episode.</summary>
    static WireExtreme? Find(RunView view, Rewind rewind, Func<MetricBucket, double> value, Func<IEnumerable<double>, double> extreme,
        CancellationToken cancellationToken)
    {
        var buckets = view.MetricBuckets(1, long.MaxValue, Points);
        if (buckets.Count == 0)
            return null;
        var wanted = extreme(buckets.Select(value));
        while (buckets.FirstOrDefault(bucket => value(bucket).Equals(wanted)) is { Count: > 0 } found)
        {
            if (found.Count == 1)
                return new(found.Start, wanted);
            buckets = view.MetricBuckets(found.Start, found.End, Points);
            if (buckets.Count == 1)
                return RunAgain(rewind, found, wanted, cancellationToken);
        }

        return null;
    }

    static WireExtreme? RunAgain(Rewind rewind, MetricBucket bucket, double wanted, CancellationToken cancellationToken)
    {
        foreach (var (episode, steps) in rewind.Replay(bucket.Start, bucket.End, long.MaxValue, cancellationToken))
            if (steps.Aggregate(0.0, (sum, step) => sum + step.Reward).Equals(wanted))
                return new(episode, wanted);
        return null;
    }
}
