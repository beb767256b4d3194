namespace GridWorld;

/// <summary>
/// A number computed from strata of scores by how often each score was drawn. The scores are sorted once, so a resample only counts.
/// </summary>
internal abstract class Statistic
{
    readonly int[] sizes, place;

    /// <param name="sizes">Scores per stratum.</param>
    /// <param name="place">The index of the count of each score, stratum after stratum.</param>
    protected Statistic(int[] sizes, int[] place) => (this.sizes, this.place) = (sizes, place);

    public ReadOnlySpan<int> Sizes => sizes;

    public int Count => place.Length;

    public int SmallestStratum => sizes.Min();

    /// <summary>Whether the strata contain different scores at all.</summary>
    public abstract bool Varies { get; }

    /// <summary>Degrees of freedom of the standard error, at least 1.</summary>
    public virtual double DegreesOfFreedom => Math.Max(1, Count - sizes.Length);

    /// <summary>The statistic of the scores, each taken <paramref name="counts"/> times. The error is NaN if none is known.</summary>
    public abstract double Evaluate(ReadOnlySpan<int> counts, out double standardError);

    /// <summary>The statistic of the scores themselves.</summary>
    public double Estimate(out double standardError)
    {
        int[] once = new int[Count];
        Array.Fill(once, 1);
        return Evaluate(once, out standardError);
    }

    /// <summary>Draws from every stratum as many scores as it has, with replacement.</summary>
    public void Draw(ref Rng rng, Span<int> counts)
    {
        counts.Clear();
        int start = 0;
        foreach (int size in sizes)
        {
            var places = place.AsSpan(start, size);
            for (int i = 0; i < size; i++)
                counts[places[rng.Below(size)]]++;
            start += size;
        }
    }

    /// <summary>
    /// The acceleration of BCa from the statistic without each score in turn. Davison and Hinkley, 1997, eq. 5.27 for several strata.
    /// </summary>
    public double Acceleration()
    {
        int[] counts = new int[Count];
        Array.Fill(counts, 1);
        double cubes = 0, squares = 0;
        int start = 0;
        foreach (int size in sizes)
        {
            double[] without = new double[size];
            for (int i = 0; i < size; i++)
            {
                counts[place[start + i]] = 0;
                without[i] = Evaluate(counts, out _);
                counts[place[start + i]] = 1;
            }

            double mean = without.Sum() / size, scale = (size - 1.0) / size;
            foreach (double value in without)
            {
                double influence = (mean - value) * scale;
                squares += influence * influence;
                cubes += influence * influence * influence;
            }

            start += size;
        }

        return squares > 0 ? cubes / (6 * Math.Pow(squares, 1.5)) : 0;
    }
}
