namespace GridWorld;

/// <summary>The result of one trial.</summary>
/// <param name="Point">The point that the trial evaluated.</param>
/// <param name="Score">Its objective. NaN, for a trial that failed, ranks last; an infinite score is the worst or the best.</param>
public sealed record ScoredPoint(SearchPoint Point, double Score)
{
    /// <summary>The point that the trial evaluated.</summary>
    public SearchPoint Point { get; init => field = Guard.NotNull(value); } = Guard.NotNull(Point);
}
