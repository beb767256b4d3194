namespace GridWorld;

/// <summary>Quantiles by linear interpolation between neighbors (type 7 of Hyndman and Fan, 1996, the default of NumPy).</summary>
internal static class Quantiles
{
    /// <summary>The quantile at a probability in [0, 1] of values in ascending order.</summary>
    public static double OfSorted(ReadOnlySpan<double> sorted, double probability)
    {
        double position = probability * (sorted.Length - 1);
        int below = (int)position;
        double share = position - below;
        // Without this, an infinite neighbor of share 0 would give NaN.
        return share == 0 ? sorted[below] : sorted[below] + share * (sorted[below + 1] - sorted[below]);
    }

    /// <summary>The quantile of values in any order, which it partly sorts.</summary>
    public static double Of(Span<double> values, double probability)
    {
        double position = probability * (values.Length - 1);
        int below = (int)position;
        Select(values, below);
        double share = position - below;
        if (share == 0)
            return values[below];
        double next = double.PositiveInfinity;
        foreach (double value in values[(below + 1)..])
            next = Math.Min(next, value);
        return values[below] + share * (next - values[below]);
    }

    // Hoare, 1961: the k-th smallest comes to place k, smaller values before it and greater values after it.
    static void Select(Span<double> values, int k)
    {
        int low = 0, high = values.Length - 1;
        while (low < high)
        {
            double pivot = Middle(values[low], values[(low + high) / 2], values[high]);
            int i = low, j = high;
            while (i <= j)
            {
                while (values[i] < pivot)
                    i++;
                while (values[j] > pivot)
                    j--;
                if (i <= j)
                {
                    (values[i], values[j]) = (values[j], values[i]);
                    i++;
                    j--;
                }
            }

            if (k <= j)
                high = j;
            else if (k >= i)
                low = i;
            else
                return;
        }
    }

    static double Middle(double a, double b, double c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
