namespace GridWorld;

/// <summary>How much a parameter of a search influences the score.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Share">The parameter's share of the influence of all parameters, in [0, 1]. The shares sum to 1, or are all 0 if no
/// parameter has an influence.</param>
public sealed record ParameterImportance(string Name, double Share)
{
    const int Trees = 64;

    /// <summary>The name of the parameter.</summary>
    public string Name { get; init => field = Guard.NotNull(value); } = Guard.NotNull(Name);

    /// <summary>
    /// Permutation importance (Breiman, Random forests, 2001) in a forest of 64 regression trees that predict the score: how much the error
    /// on the trials that a tree has not seen grows if the values of one parameter are exchanged between them. The values of a conditional
    /// parameter are exchanged between the trials in which it is active.
    /// </summary>
    /// <param name="space">The parameters.</param>
    /// <param name="results">Results of trials. Results whose score is NaN are left out; infinite scores count as the worst or best finite
    /// one.</param>
    /// <param name="seed">The seed of the forest.</param>
    /// <returns>An entry for each parameter of the space, the greatest share first.</returns>
    public static IReadOnlyList<ParameterImportance> Of(SearchSpace space, IReadOnlyList<ScoredPoint> results, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(results);
        ScoredPoint[] scored = [.. results.Where(r => !double.IsNaN(r.Score))];
        double[] finite = [.. scored.Select(r => r.Score).Where(double.IsFinite).DefaultIfEmpty(0)];
        double[] scores = [.. scored.Select(r => Math.Clamp(r.Score, finite.Min(), finite.Max()))];
        double[][] features = [.. space.Parameters.Select(p => scored.Select(r => Feature(p, r.Point)).ToArray())];
        bool[] isOrdered = [.. space.Parameters.Select(IsOrdered)];

        var growth = new double[features.Length];
        for (int t = 0; t < Trees && scored.Length > 1; t++)
        {
            var random = SearchSeed.Generator(seed, (ulong)t);
            int[] bag = [.. scored.Select(_ => random.Below(scored.Length))];
            int[] unseen = [.. Enumerable.Range(0, scored.Length).Except(bag)];
            var tree = new RegressionTree(features, isOrdered, scores, bag, ref random);
            double error = Error(tree, unseen, -1, []);
            for (int f = 0; f < features.Length; f++)
                growth[f] += Error(tree, unseen, f, Exchanged(features[f], unseen, ref random)) - error;
        }

        double[] influence = [.. growth.Select(g => Math.Max(0, g))];
        double sum = influence.Sum();
        return [.. space.Parameters.Select((p, f) => new ParameterImportance(p.Name, sum > 0 ? influence[f] / sum : 0))
            .OrderByDescending(i => i.Share)];

        double Error(RegressionTree tree, int[] trials, int exchanged, Dictionary<int, double> values) => trials.Sum(trial =>
        {
            double miss = scores[trial] - tree.Predict(f => f == exchanged ? values[trial] : features[f][trial]);
            return miss * miss;
        });
    }

    // The value itself if the order of values has a meaning, otherwise the number of the choice; NaN if the parameter is not active.
    static double Feature(SearchParameter parameter, SearchPoint point) =>
        !point.TryGetValue(parameter.Name, out var value) ? double.NaN
        : IsOrdered(parameter) ? value.Number ?? double.NaN : parameter.Choices.TakeWhile(c => c != value).Count();

    static bool IsOrdered(SearchParameter parameter) => parameter.Choices.All(c => c.Number is not null);

    static Dictionary<int, double> Exchanged(double[] feature, int[] trials, ref Rng random)
    {
        var values = trials.ToDictionary(t => t, t => feature[t]);
        int[] active = [.. trials.Where(t => !double.IsNaN(feature[t]))];
        for (int i = active.Length - 1; i > 0; i--)
        {
            int j = random.Below(i + 1);
            (values[active[i]], values[active[j]]) = (values[active[j]], values[active[i]]);
        }

        return values;
    }
}
