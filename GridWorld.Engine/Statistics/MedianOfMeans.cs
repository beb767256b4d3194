namespace GridWorld;

/// <summary>The median over tasks of each task's mean. It has no standard error.</summary>
internal sealed class MedianOfMeans(IReadOnlyList<double[]> tasks)
    : Statistic([.. tasks.Select(t => t.Length)], [.. Enumerable.Range(0, tasks.Sum(t => t.Length))])
{
    readonly double[] values = [.. tasks.SelectMany(t => t)];

    public override bool Varies { get; } = tasks.Any(t => t[0] != t[^1]);

    public override double Evaluate(ReadOnlySpan<int> counts, out double standardError)
    {
        Span<double> means = Sizes.Length <= 256 ? stackalloc double[Sizes.Length] : new double[Sizes.Length];
        int start = 0;
        for (int t = 0; t < means.Length; start += Sizes[t++])
        {
            double sum = 0;
            int n = 0;
            for (int i = start; i < start + Sizes[t]; i++)
            {
                sum += counts[i] * values[i];
                n += counts[i];
            }

            means[t] = sum / n;
        }

        means.Sort();
        standardError = double.NaN;
        return means.Length % 2 == 1 ? means[means.Length / 2] : (means[means.Length / 2 - 1] + means[means.Length / 2]) / 2;
    }
}
