namespace GridWorld;

/// <summary>Options of <see cref="Sampler.Tpe"/>.</summary>
public sealed record TpeOptions
{
    /// <summary>
    /// The number of results before the first proposal that uses them, at least 1; until then, points are random. Default 20, as in
    /// Hyperopt.
    /// </summary>
    public int StartupTrials { get; init; } = 20;

    /// <summary>
    /// The share γ of the results that counts as good, in (0, 1). Default 0.15 (Bergstra et al., 2011). At most 25 results are good.
    /// </summary>
    public double Gamma { get; init; } = 0.15;

    /// <summary>The number of candidates per parameter, at least 1. The best of them is proposed. Default 24, as in Hyperopt.</summary>
    public int Candidates { get; init; } = 24;

    internal void Check() => new Faults().Require(StartupTrials >= 1, $"StartupTrials must be at least 1 (got {StartupTrials}).")
        .Require(Gamma is > 0 and < 1, $"Gamma must be between 0 and 1, both excluded (got {Gamma}).")
        .Require(Candidates >= 1, $"Candidates must be at least 1 (got {Candidates}).")
        .ThrowIfAny();
}

/// <summary>
/// Splits the results into good and other ones, estimates the density of each parameter's values in both, draws candidates from the good
/// density l and picks the greatest ratio l/g, which is the greatest expected improvement (Bergstra et al., 2011, section 4).
/// </summary>
internal sealed class TpeEstimator(SearchSpace space, bool higherIsBetter, TpeOptions options)
{
    const int MostGood = 25;

    public SearchPoint Propose(Rng random, IReadOnlyList<ScoredPoint> results)
    {
        var ranked = Enumerable.Range(0, results.Count).OrderBy(i => Rank.Of(results[i].Score, higherIsBetter)).ThenBy(i => i)
            .Select(i => results[i].Point).ToList();
        int good = Math.Min((int)Math.Ceiling(options.Gamma * ranked.Count), MostGood);
        return space.Pick(d =>
        {
            var parameter = space.Parameters[d];
            var values = ranked.Select(p => p.TryGetValue(parameter.Name, out var value) ? value : (SearchValue?)null).ToList();
            return parameter.Kind == SearchKind.Choice
                ? BestChoice(parameter, Seen(values.Take(good)), Seen(values.Skip(good)), ref random)
                : BestNumber(parameter, Seen(values.Take(good)), Seen(values.Skip(good)), ref random);
        });
    }

    static List<SearchValue> Seen(IEnumerable<SearchValue?> values) => [.. values.Where(v => v is not null).Select(v => v!.Value)];

    SearchValue BestNumber(SearchParameter parameter, List<SearchValue> good, List<SearchValue> other, ref Rng random)
    {
        bool isLog = parameter.Kind == SearchKind.LogUniform;
        // A whole number is the middle of an interval of length 1.
        double half = parameter.Kind == SearchKind.Integer ? 0.5 : 0;
        double from = Scaled(parameter.From) - half, to = Scaled(parameter.To) + half;
        if (!(to > from))
            return parameter.From;
        ParzenDensity l = new(good.Select(v => Scaled(v.Number!.Value)), from, to),
            g = new(other.Select(v => Scaled(v.Number!.Value)), from, to);
        double best = 0, bestRatio = double.NegativeInfinity;
        for (int c = 0; c < options.Candidates; c++)
        {
            double x = l.Draw(ref random);
            if (half > 0)
                x = Math.Clamp(Math.Floor(x + half), parameter.From, parameter.To);
            double ratio = l.At(x) / g.At(x);
            if (ratio > bestRatio)
                (best, bestRatio) = (x, ratio);
        }

        return isLog ? Math.Clamp(PortableMath.Exp(best), parameter.From, parameter.To) : best;

        double Scaled(double value) => isLog ? PortableMath.Log(value) : value;
    }

    // Each choice has one vote in advance.
    SearchValue BestChoice(SearchParameter parameter, List<SearchValue> good, List<SearchValue> other, ref Rng random)
    {
        var choices = parameter.Choices;
        int[] l = Votes(good), g = Votes(other);
        int best = -1;
        for (int c = 0; c < options.Candidates; c++)
        {
            int draw = random.Below(l.Sum()), choice = 0;
            while ((draw -= l[choice]) >= 0)
                choice++;
            // l/g without a division: the sums of the votes are the same for every choice.
            if (best < 0 || (long)l[choice] * g[best] > (long)l[best] * g[choice])
                best = choice;
        }

        return choices[best];

        int[] Votes(List<SearchValue> values) => [.. choices.Select(choice => 1 + values.Count(v => v == choice))];
    }
}
