namespace GridWorld;

/// <summary>What rows can be filtered and sorted by. Its value is a number, a text or null.</summary>
internal sealed record RowField<T>(string Key, Func<T, object?> Of);
