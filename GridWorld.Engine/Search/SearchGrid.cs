namespace GridWorld;

/// <summary>
/// The points of a grid: all combinations of choices and integers, each once. The last parameter of the space varies fastest. A parameter
/// that is not active in a combination does not multiply it.
/// </summary>
internal static class SearchGrid
{
    /// <summary>The most points that a grid can have.</summary>
    public const int Most = 100_000;

    /// <exception cref="InputException">A parameter is continuous, or the grid has more than 100,000 points.</exception>
    public static IReadOnlyList<SearchPoint> Of(SearchSpace space)
    {
        var faults = new Faults();
        foreach (var parameter in space.Parameters)
            faults.Require(parameter.Count is not null, Continuous(parameter, parameter.Name));
        faults.ThrowIfAny();
        var points = new List<SearchPoint>();
        Add(space, 0, new(StringComparer.Ordinal), points);
        return points;
    }

    public static string Continuous(SearchParameter parameter, string place) =>
        $"{place}.{parameter.Word} is continuous, so a grid has no points for it. Use choice or integer, or another sampler.";

    static void Add(SearchSpace space, int d, Dictionary<string, SearchValue> picked, List<SearchPoint> points)
    {
        if (d == space.Parameters.Count)
        {
            if (points.Count == Most)
                throw new InputException($"The grid has more than {Most} points. Use fewer values, or another sampler.");
            points.Add(space.Pick(i => picked[space.Parameters[i].Name]));
            return;
        }

        var parameter = space.Parameters[d];
        if (!space.IsActive(d, picked))
        {
            Add(space, d + 1, picked, points);
            return;
        }

        for (long k = 0; k < parameter.Count; k++)
        {
            picked[parameter.Name] = parameter.Kind == SearchKind.Choice ? parameter.Choices[(int)k] : parameter.From + k;
            Add(space, d + 1, picked, points);
        }

        picked.Remove(parameter.Name);
    }
}
