namespace GridWorld.Tests;

/// <summary>Numbers of many independent runs with seeds 1, 2, …: one row a run.</summary>
sealed class Sample(double[][] rows)
{
    public static Sample Of(int runs, Func<ulong, double[]> run)
    {
        var rows = new double[runs][];
        Parallel.For(0, runs, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            i => rows[i] = run((ulong)i + 1));
        return new(rows);
    }

    public int Runs => rows.Length;

    public double Mean(int column) => rows.Average(r => r[column]);

    public double Spread(int column)
    {
        double mean = Mean(column);
        return Math.Sqrt(rows.Sum(r => (r[column] - mean) * (r[column] - mean)) / (Runs - 1));
    }

    /// <summary>
    /// The mean is the reference within 4·√(sd²/runs + se²): by chance one comparison in 16,000 misses. The tolerance must be
    /// small enough that the <paramref name="wrong"/> algorithm's number would be missed.
    /// </summary>
    public void Near(int column, double reference, double standardError, double? spread = null, double? wrong = null)
    {
        double sd = spread
            ?? Spread(column), tolerance = 4 * Math.Sqrt(sd * sd / Runs + standardError * standardError), mean = Mean(column);
        Assert.True(Math.Abs(mean - reference) <= tolerance, $"Number {column} is {mean}, not {reference} ± {tolerance}.");
        if (wrong is { } other)
            Assert.True(Math.Abs(mean - other) > tolerance && tolerance < Math.Abs(reference - other),
                $"The tolerance {tolerance} around {reference} does not tell {mean} from the wrong {other}.");
    }
}
