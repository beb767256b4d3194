namespace GridWorld;

/// <summary>
/// The learning curve of one seed in at most 4 kB: sums of returns and lengths over stretches of equally many episodes. When the stretches
/// are used up, each two become one, so the stretches of two seeds with the same number of episodes are always the same.
/// </summary>
internal sealed class SeedCurve
{
    /// <summary>The most stretches.</summary>
    public const int Most = 256;

    double[] returns = new double[16];
    long[] steps = new long[16];

    /// <summary>Number of episodes.</summary>
    public long Episodes { get; private set; }

    /// <summary>Episodes per stretch, a power of two.</summary>
    public long Width { get; private set; } = 1;

    /// <summary>Number of stretches; the last one may be incomplete.</summary>
    public int Count => (int)((Episodes + Width - 1) / Width);

    /// <summary>Adds an episode.</summary>
    public void Add(double sum, double length)
    {
        if (Episodes == Most * Width)
            Halve();
        int at = (int)(Episodes / Width);
        if (at == returns.Length)
        {
            Array.Resize(ref returns, at * 2);
            Array.Resize(ref steps, at * 2);
        }

        returns[at] += sum;
        steps[at] += (long)length;
        Episodes++;
    }

    /// <summary>The curve as points of a stated width, which must be a multiple of <see cref="Width"/>; only complete points.</summary>
    public IEnumerable<SeedPoint> Points(long width, long until)
    {
        int merged = (int)(width / Width);
        long stepsSoFar = 0;
        for (long end = width; end <= Math.Min(until, Episodes); end += width)
        {
            int from = (int)((end - width) / Width);
            double sum = 0;
            long taken = 0;
            for (int at = from; at < from + merged; at++)
                (sum, taken) = (sum + returns[at], taken + steps[at]);
            stepsSoFar += taken;
            yield return new(end - width + 1, end, sum / width, (double)taken / width, stepsSoFar);
        }
    }

    /// <summary>A copy, for readers on other threads.</summary>
    public SeedCurve Copy() =>
        new() { returns = returns[..Count], steps = steps[..Count], Episodes = Episodes, Width = Width };

    public void Save(StateWriter state)
    {
        state.Write<long>("curve.counters", [Episodes, Width]);
        state.Write<double>("curve.returns", returns.AsSpan(0, Count));
        state.Write<long>("curve.steps", steps.AsSpan(0, Count));
    }

    /// <exception cref="InputException">The parts do not fit together.</exception>
    public void Load(StateReader state)
    {
        long[] counters = state.ReadChecked<long>("curve.counters", 2, c => c >= 0);
        if (!long.IsPow2(counters[1]) || counters[0] / counters[1] > Most)
            throw new InputException("The saved curve is damaged.");
        (Episodes, Width) = (counters[0], counters[1]);
        int room = Math.Max(16, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Count));
        (returns, steps) = (new double[room], new long[room]);
        state.Read<double>("curve.returns", returns.AsSpan(0, Count));
        state.Read<long>("curve.steps", steps.AsSpan(0, Count));
    }

    void Halve()
    {
        for (int at = 0; at < Most / 2; at++)
        {
            returns[at] = returns[2 * at] + returns[2 * at + 1];
            steps[at] = steps[2 * at] + steps[2 * at + 1];
        }

        Array.Clear(returns, Most / 2, Most / 2);
        Array.Clear(steps, Most / 2, Most / 2);
        Width *= 2;
    }
}
