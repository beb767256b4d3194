namespace GridWorld;

/// <summary>
/// A regression tree (Breiman et al., 1984) of a random forest: each node splits by the best of a random third of the features, at least
/// one, until it has fewer than 5 trials. Unordered values are sorted by their mean score, which makes the best split of them a cut
/// (Fisher, 1958). NaN, an absent value, is a value of its own.
/// </summary>
internal sealed class RegressionTree
{
    const int LeastSize = 5;
    readonly double mean;
    readonly int feature = -1;
    readonly HashSet<double> left = [];
    readonly double cut;
    readonly bool isOrdered;
    readonly RegressionTree? low, high;

    public RegressionTree(double[][] features, bool[] areOrdered, double[] scores, int[] trials, ref Rng random)
    {
        mean = trials.Average(t => scores[t]);
        if (trials.Length < LeastSize)
            return;
        var best = (Gain: 1e-12 * trials.Sum(t => Square(scores[t] - mean)), Low: Array.Empty<int>(), High: Array.Empty<int>());
        foreach (int f in Some(features.Length, ref random))
        {
            int[] sorted = Sorted(features[f], areOrdered[f], scores, trials);
            double lowSum = 0, total = mean * trials.Length;
            for (int i = 1; i < sorted.Length; i++)
            {
                lowSum += scores[sorted[i - 1]] - mean;
                if (features[f][sorted[i - 1]].Equals(features[f][sorted[i]]))
                    continue;
                // The reduction of the squared error.
                double gain = lowSum * lowSum * sorted.Length / ((double)i * (sorted.Length - i));
                if (gain > best.Gain)
                    (feature, best) = (f, (gain, sorted[..i], sorted[i..]));
            }
        }

        if (feature < 0)
            return;
        isOrdered = areOrdered[feature];
        left = [.. best.Low.Select(t => features[feature][t])];
        // An absent value sorts before every number.
        double below = features[feature][best.Low[^1]], above = features[feature][best.High[0]];
        cut = double.IsNaN(below) ? double.NegativeInfinity : (below + above) / 2;
        low = new(features, areOrdered, scores, best.Low, ref random);
        high = new(features, areOrdered, scores, best.High, ref random);
    }

    public double Predict(Func<int, double> value)
    {
        if (feature < 0)
            return mean;
        double x = value(feature);
        bool isLow = isOrdered ? double.IsNaN(x) || x < cut : left.Contains(x);
        return (isLow ? low : high)!.Predict(value);
    }

    // A shuffle's first third, by Fisher and Yates.
    static int[] Some(int features, ref Rng random)
    {
        int[] order = [.. Enumerable.Range(0, features)];
        int count = Math.Min(features, Math.Max(1, (features + 2) / 3));
        for (int i = 0; i < count; i++)
        {
            int j = i + random.Below(features - i);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order[..count];
    }

    static int[] Sorted(double[] feature, bool isOrdered, double[] scores, int[] trials)
    {
        if (isOrdered)
            return [.. trials.OrderBy(t => feature[t])];
        var means = trials.GroupBy(t => feature[t]).ToDictionary(g => g.Key, g => g.Average(t => scores[t]));
        return [.. trials.OrderBy(t => means[feature[t]]).ThenBy(t => feature[t])];
    }

    static double Square(double x) => x * x;
}
