namespace GridWorld;

/// <summary>
/// The parameters of a search. Parameters whose conditions cannot hold for the given facts are left out. A parameter on which another one
/// depends precedes it; otherwise the order is that of the arguments.
/// </summary>
public sealed class SearchSpace
{
    /// <summary>Creates a space.</summary>
    /// <param name="parameters">The parameters. Names must differ from each other and from the names of facts.</param>
    /// <param name="facts">Values that conditions may refer to and that do not vary, such as <c>learner</c>. Default none.</param>
    /// <exception cref="InputException">Lists every error: a bound, a repeated name, a condition on an unknown name, or a circle of
    /// conditions.</exception>
    public SearchSpace(IEnumerable<SearchParameter> parameters, IReadOnlyDictionary<string, SearchValue>? facts = null)
    {
        SearchParameter[] all = [.. Guard.NotNull(parameters)];
        facts ??= new Dictionary<string, SearchValue>();
        var faults = new Faults();
        Check(all, facts.Keys, "", faults);
        faults.ThrowIfAny();
        Parameters = InOrder(all, facts);
    }

    SearchSpace(SearchParameter[] checkedOnes, IReadOnlyDictionary<string, SearchValue> facts) => Parameters = InOrder(checkedOnes, facts);

    /// <summary>The parameters that can be active, in order.</summary>
    public IReadOnlyList<SearchParameter> Parameters { get; }

    /// <summary>The space of checked parameters. A condition on a name that is neither a parameter nor a fact does not hold.</summary>
    /// <exception cref="InputException">The conditions form a circle.</exception>
    internal static SearchSpace Within(IEnumerable<SearchParameter> parameters, IReadOnlyDictionary<string, SearchValue> facts) =>
        new([.. parameters], facts);

    /// <summary>Whether the facts fulfill the parameter's conditions on facts.</summary>
    internal static bool MayBeActive(SearchParameter parameter, IReadOnlyDictionary<string, SearchValue> facts) =>
        parameter.Conditions.All(c => !facts.TryGetValue(c.Name, out var value) || c.Values.Contains(value));

    /// <summary>The point at a place of the unit cube: coordinate d, in [0, 1), belongs to parameter d.</summary>
    internal SearchPoint At(Func<int, double> unit) => Pick(d => Parameters[d].At(unit(d)));

    /// <summary>The point whose active parameters have the values that the function returns for their numbers.</summary>
    internal SearchPoint Pick(Func<int, SearchValue> value)
    {
        var picked = new Dictionary<string, SearchValue>(StringComparer.Ordinal);
        var point = new List<KeyValuePair<string, SearchValue>>();
        for (int d = 0; d < Parameters.Count; d++)
        {
            if (!IsActive(d, picked))
                continue;
            point.Add(new(Parameters[d].Name, value(d)));
            picked.Add(point[^1].Key, point[^1].Value);
        }

        return new(point);
    }

    internal bool IsActive(int parameter, IReadOnlyDictionary<string, SearchValue> picked) =>
        Parameters[parameter].Conditions.All(c => picked.TryGetValue(c.Name, out var value) && c.Values.Contains(value));

    /// <summary>Records the errors of each parameter and of the names that their conditions refer to.</summary>
    internal static void Check(IReadOnlyList<SearchParameter> all, IEnumerable<string> facts, string within, Faults faults)
    {
        string[] fixedNames = [.. facts], names = [.. all.Select(p => p.Name), .. fixedNames];
        for (int i = 0; i < all.Count; i++)
        {
            string place = within + Printable.Text(all[i].Name);
            faults.Require(all[i].Name.Length > 0, $"{place}: the name of a parameter must not be empty.")
                .Require(all.Take(i).All(p => p.Name != all[i].Name), $"{place} occurs twice. Remove one.")
                .Require(!fixedNames.Contains(all[i].Name), $"{place} is also a fixed value. Fix it or vary it, but not both.");
            all[i].Check(place, faults);
            foreach (string name in all[i].Conditions.Select(c => c.Name).Where(n => !names.Contains(n)))
                faults.Add($"{place}.when.{Printable.Text(name)} is neither varied nor fixed. {Hint(name, names)}");
        }
    }

    // Conditions on facts are decided here once, and with them which parameters can be active at all.
    static List<SearchParameter> InOrder(SearchParameter[] all, IReadOnlyDictionary<string, SearchValue> facts)
    {
        List<SearchParameter> rest = [.. all.Where(p => MayBeActive(p, facts))
            .Select(p => p.With([.. p.Conditions.Where(c => !facts.ContainsKey(c.Name))]))], ordered = [];
        HashSet<string> possible;
        do
            possible = [.. rest.Select(p => p.Name)];
        while (rest.RemoveAll(p => p.Conditions.Any(c => !possible.Contains(c.Name))) > 0);

        while (rest.Find(p => p.Conditions.All(c => ordered.Any(o => o.Name == c.Name))) is { } next)
        {
            ordered.Add(next);
            rest.Remove(next);
        }

        new Faults().Require(rest.Count == 0,
            $"The conditions of {string.Join(", ", rest.Select(p => p.Name))} refer to each other in a circle.").ThrowIfAny();
        return ordered;
    }

    static string Hint(string name, string[] known) => NearNames.Of(name, known) is [var near, ..] ? $"Did you mean {near}?"
        : known.Length > 0 ? $"Use {string.Join(", ", known)}." : "Remove the condition.";
}
