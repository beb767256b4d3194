namespace GridWorld.Tests;

/// <summary>A function of several variables that samplers minimize.</summary>
internal sealed record TestFunction(SearchSpace Space, Func<double[], double> Value)
{
    /// <summary>Branin, minimum 0.397887 (Dixon and Szegő, 1978).</summary>
    public static TestFunction Branin { get; } = new(
        new([SearchParameter.Uniform("x", -5, 10), SearchParameter.Uniform("y", 0, 15)]), v =>
        {
            double x = v[0], y = v[1], a = y - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6;
            return a * a + 10 * (1 - 1 / (8 * Math.PI)) * Math.Cos(x) + 10;
        });

    static readonly double[] alpha = [1, 1.2, 3, 3.2];
    static readonly double[][] a =
    [
        [10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14],
    ];
    static readonly double[][] p =
    [
        [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886], [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
        [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650], [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
    ];

    /// <summary>Hartmann's function of six variables, minimum −3.322368 (Dixon and Szegő, 1978).</summary>
    public static TestFunction Hartmann6 { get; } = new(
        new(Enumerable.Range(0, 6).Select(i => SearchParameter.Uniform($"x{i}", 0, 1))),
        x => -Enumerable.Range(0, 4).Sum(i => alpha[i]
            * Math.Exp(-Enumerable.Range(0, 6).Sum(j => a[i][j] * Math.Pow(x[j] - p[i][j], 2)))));

    public double At(SearchPoint point) => Value([.. point.Values.Select(v => v.Number!.Value)]);

    /// <summary>The least value of 200 trials for each of the seeds.</summary>
    public double[] Bests(int seeds, Func<ulong, Sampler> sampler) => [.. Enumerable.Range(0, seeds).Select(seed =>
    {
        var made = sampler((ulong)seed);
        var finished = new List<ScoredPoint>();
        for (int trial = 0; trial < 200; trial++)
        {
            var point = made.Propose(trial, finished);
            finished.Add(new(point, At(point)));
        }

        return finished.Min(f => f.Score);
    })];

    public double MeanBest(int seeds, Func<ulong, Sampler> sampler) => Bests(seeds, sampler).Average();
}
