namespace GridWorld;

/// <summary>The part of a run's episodes that a store keeps.</summary>
/// <param name="FirstRow">Episode of the first row.</param>
/// <param name="Rows">Raw rows.</param>
/// <param name="Levels">Complete buckets of the pyramids' levels.</param>
internal sealed record HistoryDelta(long FirstRow, EpisodeBuffer Rows, IReadOnlyList<HistoryLevel> Levels);
