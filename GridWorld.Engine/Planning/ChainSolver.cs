namespace GridWorld;

/// <summary>Solves a <see cref="LinearChain"/>: directly where its band is narrow enough, otherwise by Gauss–Seidel with a certified bound.</summary>
internal static class ChainSolver
{
    /// <summary>Most multiplications of a direct solution; about a third of a second.</summary>
    const double DirectCost = 4e8;

    const double DirectEntries = 3e7;
    const int MaxPasses = 1_000_000;

    /// <summary>The solution, one value a row.</summary>
    /// <param name="chain">The equations.</param>
    /// <param name="order">Rows in the order of a backward pass, nearest to the ends first; null: as they are.</param>
    /// <param name="discount">γ; a restart's and every move's weights have it in them already.</param>
    /// <param name="tolerance">Largest error of a value that is not found directly.</param>
    /// <param name="guess">Where to start, one value a row; null: 0.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <param name="mayBeDirect">Whether elimination is allowed.</param>
    public static double[] Solve(LinearChain chain, int[]? order, double discount, double tolerance, double[]? guess, CancellationToken cancellation, bool mayBeDirect = true)
    {
        if (chain.Rows == 0)
            return [];
        var restarts = Array.Exists(chain.Restart, c => c != 0);
        double[] x, y;
        if (mayBeDirect && IsDirect(chain))
        {
            var elimination = new BandedElimination(chain, cancellation);
            x = Direct(chain, elimination, chain.Constant);
            y = restarts ? Direct(chain, elimination, chain.Restart) : [];
        }
        else
        {
            var passes = new Passes(chain, order, discount, guess, cancellation);
            // Without its loop through the starts a guess is off by what a restart is worth.
            x = passes.Solve(chain.Constant, tolerance / 4, restarts ? null : guess);
            y = restarts ? passes.Solve(chain.Restart, tolerance / 4 / Math.Max(1, MaxMagnitude(x)), null) : [];
        }

        if (!restarts)
            return x;
        double fixedPart = chain.OtherStarts + Dot(chain.Starts, x), factor = Dot(chain.Starts, y);
        double restart = fixedPart / (1 - factor);
        for (int i = 0; i < x.Length; i++)
            x[i] += y[i] * restart;
        return x;
    }

    /// <summary>Whether the band is narrow enough to solve directly.</summary>
    public static bool IsDirect(LinearChain chain)
    {
        var (below, above) = BandedElimination.Widths(chain);
        return (double)chain.Rows * (below + 1) * (above + 1) <= DirectCost && (double)chain.Rows * (below + above + 1) <= DirectEntries;
    }

    // One step of iterative refinement takes off what elimination rounded.
    static double[] Direct(LinearChain chain, BandedElimination elimination, double[] constant)
    {
        var x = (double[])constant.Clone();
        elimination.Solve(x);
        var residual = new double[x.Length];
        for (int row = 0; row < x.Length; row++)
            residual[row] = constant[row] + chain.Next(row, x) - x[row];
        elimination.Solve(residual);
        for (int row = 0; row < x.Length; row++)
            x[row] += residual[row];
        return x;
    }

    static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] == 0 ? 0 : a[i] * b[i];
        return sum;
    }

    static double MaxMagnitude(double[] x)
    {
        double max = 0;
        foreach (double value in x)
            max = Math.Max(max, Math.Abs(value));
        return max;
    }

    /// <summary>Gauss–Seidel passes until the error is proven to be small: |e| ≤ max|residual| · w / c for any w > 0 with w − W·w ≥ c > 0.</summary>
    sealed class Passes
    {
        readonly LinearChain chain;
        readonly int[]? order;
        readonly CancellationToken cancellation;
        readonly double steps;

        public Passes(LinearChain chain, int[]? order, double discount, double[]? guess, CancellationToken cancellation)
        {
            (this.chain, this.order, this.cancellation) = (chain, order, cancellation);
            steps = discount < 1 ? 1 / (1 - discount) : Steps(guess);
        }

        public double[] Solve(double[] constant, double tolerance, double[]? guess)
        {
            var x = guess ?? new double[chain.Rows];
            for (int pass = 0; pass < MaxPasses; pass++)
            {
                double change = Pass(x, constant);
                // The residual after a pass is bounded by twice its largest change; rounding sets a floor.
                if (2 * change * steps <= tolerance || change <= 4e-16 * MaxMagnitude(x))
                    break;
            }

            return x;
        }

        // A bound on w / c, w being about the expected number of steps.
        double Steps(double[]? guess)
        {
            var one = new double[chain.Rows];
            Array.Fill(one, 1);
            // Where every step costs something, a good guess of the costs is such a w already.
            double cost = -chain.Constant.Max();
            var w = guess is not null && cost > 0 ? Array.ConvertAll(guess, v => Math.Max(0, -v / cost)) : new double[chain.Rows];
            for (int pass = 0; pass < MaxPasses; pass++)
            {
                if (pass > 0)
                    Pass(w, one);
                if (pass % 4 != 0)
                    continue;
                double least = double.PositiveInfinity;
                for (int row = 0; row < w.Length; row++)
                    least = Math.Min(least, w[row] - chain.Next(row, w));
                if (least >= 0.5)
                    return MaxMagnitude(w) / least;
            }

            return MaxMagnitude(w);
        }

        double Pass(double[] x, double[] constant)
        {
            cancellation.ThrowIfCancellationRequested();
            double change = 0;
            for (int i = 0; i < x.Length; i++)
            {
                int row = order is null ? i : order[i];
                double self = 0, sum = constant[row];
                for (int k = chain.First[row]; k < chain.First[row + 1]; k++)
                {
                    int column = chain.Columns[k];
                    if (column == row)
                        self += chain.Weights[k];
                    else
                        sum += chain.Weights[k] * x[column];
                }

                double value = sum / (1 - self);
                change = Math.Max(change, Math.Abs(value - x[row]));
                x[row] = value;
            }

            return change;
        }
    }
}
