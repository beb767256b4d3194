namespace GridWorld;

/// <summary>A condition of a <see cref="SearchParameter"/>: another parameter, or a fact, has one of several values.</summary>
public sealed class SearchCondition : IEquatable<SearchCondition>
{
    internal SearchCondition(string name, IReadOnlyList<SearchValue> values) => (Name, Values) = (name, values);

    /// <summary>The name of the other parameter or fact.</summary>
    public string Name { get; }

    /// <summary>The values that fulfill the condition.</summary>
    public IReadOnlyList<SearchValue> Values { get; }

    /// <inheritdoc/>
    public bool Equals(SearchCondition? other) => other is not null && Name == other.Name && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SearchCondition);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Values.Count);
}
