namespace GridWorld.Tests;

public class SobolSequenceTests
{
    // The output of Joe and Kuo's program sobol.cc for 10 points in 3 dimensions, as they publish it beside the direction numbers.
    [Fact]
    public void First_points_are_the_published_ones()
    {
        double[][] published =
        [
            [0, 0, 0], [0.5, 0.5, 0.5], [0.75, 0.25, 0.25], [0.25, 0.75, 0.75], [0.375, 0.375, 0.625],
            [0.875, 0.875, 0.125], [0.625, 0.125, 0.875], [0.125, 0.625, 0.375], [0.1875, 0.3125, 0.9375], [0.6875, 0.8125, 0.4375],
        ];
        var sequence = new SobolSequence(3);

        var points = Enumerable.Range(0, 10).Select(i => Enumerable.Range(0, 3).Select(d => sequence.At((uint)i, d)));

        Assert.Equal(published, points);
    }

    // A (t, m, s)-net has 2ᵗ of its 2ᵐ points in each box of volume 2ᵗ⁻ᵐ with sides that are powers of ½. Sobol's t in the first
    // dimensions is the sum of the degrees of their polynomials, each less 1: 0, 0, 1 (Sobol, 1967).
    [Theory]
    [InlineData(2, 0, null)]
    [InlineData(2, 0, 1ul)]
    [InlineData(2, 0, 2ul)]
    [InlineData(3, 1, null)]
    [InlineData(3, 1, 1ul)]
    [InlineData(3, 1, 77ul)]
    public void Every_box_of_equal_volume_has_equally_many_points(int dimensions, int t, ulong? seed)
    {
        const int M = 8;
        var sequence = new SobolSequence(dimensions, seed);

        foreach (int block in new[] { 0, 1, 5 })
        {
            foreach (int[] sides in Sides(dimensions, M - t))
            {
                var boxes = Enumerable.Range(block << M, 1 << M)
                    .GroupBy(i => string.Join(' ', sides.Select((side, d) => (int)(sequence.At((uint)i, d) * (1 << side)))));

                Assert.Equal(1 << (M - t), boxes.Count());
                Assert.All(boxes, box => Assert.Equal(1 << t, box.Count()));
            }
        }
    }

    [Fact]
    public void Every_dimension_alone_has_one_point_in_each_interval()
    {
        var sequence = new SobolSequence(SobolSequence.MostDimensions, 3);

        for (int d = 0; d < SobolSequence.MostDimensions; d++)
        {
            int dimension = d;
            Assert.Equal(Enumerable.Range(0, 1024),
                Enumerable.Range(1024, 1024).Select(i => (int)(sequence.At((uint)i, dimension) * 1024)).Order());
        }
    }

    [Fact]
    public void Dimensions_are_not_correlated()
    {
        const int Points = 4096;
        foreach (ulong? seed in new ulong?[] { null, 5 })
        {
            var sequence = new SobolSequence(SobolSequence.MostDimensions, seed);
            double[][] x = [.. Enumerable.Range(0, SobolSequence.MostDimensions)
                .Select(d => Enumerable.Range(0, Points).Select(i => sequence.At((uint)i, d) - 0.5).ToArray())];

            for (int a = 0; a < x.Length; a++)
            {
                for (int b = 0; b < a; b++)
                    Assert.InRange(12 * x[a].Zip(x[b], (u, v) => u * v).Sum() / Points, -0.05, 0.05);
            }
        }
    }

    [Fact]
    public void A_scrambled_point_is_uniform_over_the_seeds()
    {
        double[] first = [.. Enumerable.Range(0, 1000).Select(seed => new SobolSequence(1, (ulong)seed).At(0, 0))];

        Assert.InRange((first.Average() - 0.5) * Math.Sqrt(12 * 1000), -3.5, 3.5);
        Assert.All(Enumerable.Range(0, 10), tenth => Assert.InRange(first.Count(u => (int)(u * 10) == tenth), 60, 140));
    }

    static IEnumerable<int[]> Sides(int dimensions, int sum) => dimensions == 1 ? [[sum]]
        : Enumerable.Range(0, sum + 1).SelectMany(first => Sides(dimensions - 1, sum - first).Select(rest => (int[])[first, .. rest]));
}
