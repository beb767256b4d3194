namespace GridWorld;

/// <summary>
/// A named parameter of a <see cref="SearchSpace"/>. The functions that create parameters do not check their arguments; the space does, and
/// reports all errors at once.
/// </summary>
public sealed class SearchParameter : IEquatable<SearchParameter>
{
    SearchParameter(string name, SearchKind kind, IReadOnlyList<SearchValue> values, double from, double to,
        IReadOnlyList<SearchCondition>? conditions = null) =>
        (Name, Kind, Choices, From, To, Conditions) = (Guard.NotNull(name), kind, [.. Guard.NotNull(values)], from, to, conditions ?? []);

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>How the values are distributed.</summary>
    public SearchKind Kind { get; }

    /// <summary>The values of a choice, at least one, no two equal; empty for the other kinds.</summary>
    public IReadOnlyList<SearchValue> Choices { get; }

    /// <summary>The least value; 0 for a choice.</summary>
    public double From { get; }

    /// <summary>The greatest value, at least <see cref="From"/>; 0 for a choice.</summary>
    public double To { get; }

    /// <summary>What must hold for the parameter to be active. Default empty: it always is.</summary>
    public IReadOnlyList<SearchCondition> Conditions { get; }

    /// <summary>A parameter that takes one of several values.</summary>
    public static SearchParameter Choice(string name, params IReadOnlyList<SearchValue> values) =>
        new(name, SearchKind.Choice, values, 0, 0);

    /// <summary>A parameter that is uniform between two finite bounds.</summary>
    public static SearchParameter Uniform(string name, double from, double to) => new(name, SearchKind.Uniform, [], from, to);

    /// <summary>A parameter whose logarithm is uniform. Both bounds must be above 0.</summary>
    public static SearchParameter LogUniform(string name, double from, double to) => new(name, SearchKind.LogUniform, [], from, to);

    /// <summary>A whole number between two bounds, both included, of magnitude at most 2³¹.</summary>
    public static SearchParameter Integer(string name, double from, double to) => new(name, SearchKind.Integer, [], from, to);

    /// <summary>
    /// This parameter with another condition: it is active only if the named parameter or fact has one of the values. All conditions must
    /// hold.
    /// </summary>
    public SearchParameter When(string name, params IReadOnlyList<SearchValue> values) =>
        With([.. Conditions, new(Guard.NotNull(name), [.. Guard.NotNull(values)])]);

    /// <inheritdoc/>
    public bool Equals(SearchParameter? other) => other is not null && Name == other.Name && Kind == other.Kind && From.Equals(other.From)
        && To.Equals(other.To) && Choices.SequenceEqual(other.Choices) && Conditions.SequenceEqual(other.Conditions);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SearchParameter);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Kind, From, To, Choices.Count, Conditions.Count);

    /// <summary>The name and the values, for a message.</summary>
    public override string ToString() => Kind == SearchKind.Choice ? $"{Name}: {string.Join(" | ", Choices)}"
        : $"{Name}: {Word} [{Printable.Number(From)}, {Printable.Number(To)}]";

    internal SearchParameter With(IReadOnlyList<SearchCondition> conditions) => new(Name, Kind, Choices, From, To, conditions);

    /// <summary>The kind as a sweep file spells it.</summary>
    internal string Word => Words[(int)Kind];

    internal static IReadOnlyList<string> Words { get; } = ["choice", "uniform", "log_uniform", "integer"];

    /// <summary>The number of different values; null if they cannot be counted.</summary>
    internal long? Count => Kind switch
    {
        SearchKind.Choice => Choices.Count,
        SearchKind.Integer => (long)To - (long)From + 1,
        _ => null,
    };

    /// <summary>The value at a place in [0, 1) of the distribution.</summary>
    internal SearchValue At(double unit) => Kind switch
    {
        SearchKind.Choice => Choices[(int)(unit * Choices.Count)],
        SearchKind.Integer => From + Math.Floor(unit * (To - From + 1)),
        SearchKind.Uniform => Math.Clamp(From + unit * (To - From), From, To),
        _ => Math.Clamp(PortableMath.Exp(PortableMath.Log(From) + unit * (PortableMath.Log(To) - PortableMath.Log(From))), From, To),
    };

    /// <summary>Records every error, each with its place in a sweep file.</summary>
    internal void Check(string place, Faults faults)
    {
        string values = $"{place}.{Word}";
        if (Kind == SearchKind.Choice)
        {
            faults.Require(Choices.Count > 0, $"{values} must contain at least one value.");
            for (int i = 0; i < Choices.Count; i++)
            {
                faults.Require(Choices[i].Number is null or (> double.NegativeInfinity and < double.PositiveInfinity),
                    $"{values}[{i}] must be finite (got {Choices[i]}).")
                    .Require(!Choices.Take(i).Contains(Choices[i]),
                        $"{values}[{i}] repeats a value (got {Printable.Text(Choices[i].ToJson())}). Remove it.");
            }
        }
        else
        {
            CheckBound(From, $"{values}[0]", faults);
            CheckBound(To, $"{values}[1]", faults);
            faults.Require(!(From > To),
                $"{values}[1] must be at least {values}[0] (got {Printable.Number(From)} and {Printable.Number(To)}).");
        }

        foreach (var condition in Conditions)
            faults.Require(condition.Values.Count > 0, $"{place}.when.{Printable.Text(condition.Name)} must contain at least one value.");
    }

    void CheckBound(double bound, string place, Faults faults)
    {
        string got = $"(got {Printable.Number(bound)}).";
        if (!double.IsFinite(bound))
            faults.Add($"{place} must be finite {got}");
        else if (Kind == SearchKind.LogUniform)
            faults.Require(bound > 0, $"{place} must be above 0, because it is the bound of a logarithm {got}");
        else if (Kind == SearchKind.Integer)
            faults.Require(bound == Math.Floor(bound) && Math.Abs(bound) <= 1L << 31, $"{place} must be a whole number {got}");
    }
}
