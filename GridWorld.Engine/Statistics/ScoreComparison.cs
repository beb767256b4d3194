using System.Globalization;

namespace GridWorld;

/// <summary>Which of two agents scores better in one world, by how much, and whether that is more than noise.</summary>
public sealed record ScoreComparison
{
    const int FewSeeds = 10;

    ScoreComparison(string first, string second) => (First, Second) = (first, second);

    /// <summary>The label of the first side.</summary>
    public string First { get; }

    /// <summary>The label of the second side.</summary>
    public string Second { get; }

    /// <summary>The label of the better side; null if the difference is noise.</summary>
    public string? Better { get; private init; }

    /// <summary>Whether the difference may be chance: its interval contains 0, or there is none because a side has a single run.</summary>
    public bool IsNoise => Better is null;

    /// <summary>Mean of the first side minus mean of the second, in the unit of the scores.</summary>
    public double Difference { get; private init; }

    /// <summary>The interval of <see cref="Difference"/>; null if a side has a single run.</summary>
    public ConfidenceInterval? Interval { get; private init; }

    /// <summary>Whether scores of the same seed were compared. Otherwise the sides count as independent.</summary>
    public bool IsPaired { get; private init; }

    /// <summary>The number of pairs, or of runs of the smaller side.</summary>
    public int Count { get; private init; }

    /// <summary>
    /// The two-sided p-value of the signed-rank test (paired) or the rank-sum test (Wilcoxon, 1945), in (0, 1]. A second witness:
    /// <see cref="IsNoise"/> follows the interval of the means. Zero differences are treated as Pratt (1959) does.
    /// </summary>
    public double PValue { get; private init; }

    /// <summary>The probability that a run of the first side is better than a run of the second, in [0, 1]; ties count half.</summary>
    public double ProbabilityOfImprovement { get; private init; }

    /// <summary>
    /// The standard deviation of the differences of pairs, or of the scores of a side (root of the mean variance), divisor n − 1; null
    /// with a single run.
    /// </summary>
    public double? StandardDeviation { get; private init; }

    /// <summary>
    /// The number of seeds that show a difference as large as this one with a probability of 80 % at the 5 % level
    /// (<see cref="SampleSize"/>), at most 1,000,000; null if the difference is 0 or a side has a single run.
    /// </summary>
    public int? SeedsNeeded { get; private init; }

    /// <summary>What makes the comparison unfair or weak; empty if nothing is known.</summary>
    public IReadOnlyList<string> Warnings { get; private init; } = [];

    /// <summary>The result in words.</summary>
    public string Sentence { get; private init; } = "";

    /// <summary>Compares the means of two sides. The order of the scores and of the sides does not matter.</summary>
    /// <param name="first">One side.</param>
    /// <param name="second">The other side. If both sides have the same seeds, each seed's scores are compared with each other.</param>
    /// <param name="higherIsBetter">Whether a higher score is better, as for returns. False for lengths, errors and regret.</param>
    /// <param name="bootstrap">Method and level of the interval; null for the defaults.</param>
    /// <param name="warnings">Further warnings to report with the result.</param>
    /// <exception cref="InputException">A side or an option is invalid.</exception>
    public static ScoreComparison Of(ComparedScores first, ComparedScores second, bool higherIsBetter = true, Bootstrap? bootstrap = null,
        IReadOnlyList<string>? warnings = null)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var faults = new Faults();
        first.Check(faults);
        second.Check(faults);
        faults.Collect((bootstrap ?? Bootstrap.Default).Check).ThrowIfAny();
        double[] a = first.InSeedOrder(), b = second.InSeedOrder();
        bool isPaired = first.Seeds is not null && second.Seeds is not null && first.Seeds.Order().SequenceEqual(second.Seeds.Order());
        // Both orders of the sides must draw the same resamples: greater minus smaller mean.
        bool firstIsGreater = a.Order().Average() >= b.Order().Average();
        var (greater, smaller) = firstIsGreater ? (a, b) : (b, a);
        double[] pairs = isPaired ? [.. greater.Zip(smaller, (x, y) => x - y).Order()] : [];
        var statistic = isPaired ? new StratifiedMean([pairs], [1])
            : new StratifiedMean([[.. greater.Order()], [.. smaller.Order()]], [1, -1]);
        int count = Math.Min(a.Length, b.Length);
        var interval = count < 2 ? null : Resampling.Interval(statistic, bootstrap ?? Bootstrap.Default);
        double difference = statistic.Estimate(out _);
        double? deviation = count < 2 ? null : isPaired ? Deviation(pairs) : Math.Sqrt((Square(Deviation(a)) + Square(Deviation(b))) / 2);
        int? needed = deviation is null || difference == 0 ? null
            : isPaired ? SampleSize.Paired(difference, deviation.Value) : SampleSize.Unpaired(difference, deviation.Value);
        string ahead = firstIsGreater == higherIsBetter ? first.Label : second.Label;
        var wins = higherIsBetter ? (a, b) : (b, a);
        var result = new ScoreComparison(first.Label, second.Label)
        {
            Better = interval is null || interval.Contains(0) ? null : ahead,
            Difference = firstIsGreater ? difference : -difference,
            Interval = firstIsGreater || interval is null ? interval
                : interval with { Estimate = -interval.Estimate, Low = -interval.High, High = -interval.Low },
            IsPaired = isPaired,
            Count = count,
            PValue = isPaired ? RankTests.SignedRank(pairs) : RankTests.RankSum(a, b),
            ProbabilityOfImprovement = Scores.Of(wins.Item1).ProbabilityOfImprovement(Scores.Of(wins.Item2)),
            StandardDeviation = deviation,
            SeedsNeeded = needed,
        };
        return result with
        {
            Sentence = ComparisonSentence.Of(result, ahead, difference, interval, higherIsBetter, Runs(isPaired, a.Length, b.Length)),
            Warnings = [.. ComparedScores.Warnings(first, second), .. result.OwnWarnings(first, second), .. warnings ?? []],
        };
    }

    /// <summary>
    /// Returns the number of seeds that show a difference of another size, if the scores spread as these do: power 80 %, level 5 %.
    /// </summary>
    /// <param name="difference">The difference to detect, in the unit of the scores; finite, not 0.</param>
    /// <exception cref="InputException">A side has a single run, or the difference is out of range.</exception>
    public int SeedsToSee(double difference)
    {
        if (StandardDeviation is not { } deviation)
            throw new InputException("A single run has no spread. Train at least 2 seeds of both sides.");
        return IsPaired ? SampleSize.Paired(difference, deviation) : SampleSize.Unpaired(difference, deviation);
    }

    /// <summary>The sentence, then one warning per line.</summary>
    public override string ToString() => string.Join(Environment.NewLine, [Sentence, .. Warnings.Select(w => $"Warning: {w}")]);

    IEnumerable<string> OwnWarnings(ComparedScores first, ComparedScores second)
    {
        if (Count is > 1 and < FewSeeds)
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{Count} seeds are few: the interval relies on nearly normal scores. Train at least {FewSeeds}.");
        if (Interval is { } interval && interval.Low == interval.High)
            yield return "The scores do not vary from seed to seed, so the interval has no width. Does the seed reach the runs?";
        if (!IsPaired && first.Seeds is not null && second.Seeds is not null)
            yield return "The seeds differ, so the runs were not compared seed by seed. With the same seeds, fewer runs usually suffice.";
    }

    static string Runs(bool isPaired, int first, int second) => string.Create(CultureInfo.InvariantCulture,
        $"{first:N0}{(isPaired ? " seeds" : first == second ? " runs per side" : $" and {second} runs")}");

    static double Square(double x) => x * x;

    static double Deviation(double[] values)
    {
        double[] sorted = [.. values.Order()];
        double mean = sorted.Average();
        return Math.Sqrt(sorted.Sum(v => Square(v - mean)) / (sorted.Length - 1));
    }
}
