using Microsoft.Data.Analysis;

namespace GridWorld;

/// <summary>An ensemble as tables, in its current state.</summary>
public static class EnsembleFrames
{
    static readonly Column<SeedResult>[] results =
    [
        new Column<SeedResult, ulong>("seed", s => s.Seed),
        new Column<SeedResult, string>("state", s => SeedTable.Word(s.State)),
        new Column<SeedResult, long>("episodes", s => s.Episodes),
        new Column<SeedResult, long>("steps", s => s.Steps),
        new Column<SeedResult, double?>("mean_return", s => s.MeanReturn),
        new Column<SeedResult, double?>("mean_return_last_100", s => s.MeanReturnLast100),
        new Column<SeedResult, double?>("greedy_value", s => s.GreedyValue),
        new Column<SeedResult, double?>("q_checksum", s => s.QChecksum),
        new Column<SeedResult, string?>("hash", s => s.Hash),
        new Column<SeedResult, string?>("error", s => s.Error),
    ];

    static readonly Column<(ulong Seed, SeedPoint Point)>[] curves =
    [
        new Column<(ulong Seed, SeedPoint Point), ulong>("seed", p => p.Seed),
        new Column<(ulong Seed, SeedPoint Point), long>("start", p => p.Point.Start),
        new Column<(ulong Seed, SeedPoint Point), long>("end", p => p.Point.End),
        new Column<(ulong Seed, SeedPoint Point), long>("steps", p => p.Point.Steps),
        new Column<(ulong Seed, SeedPoint Point), double>("mean_return", p => p.Point.MeanReturn),
        new Column<(ulong Seed, SeedPoint Point), double>("mean_length", p => p.Point.MeanLength),
    ];

    /// <summary>
    /// Gets one row per seed: seed, state, episodes, steps, mean_return, mean_return_last_100, greedy_value, q_checksum, hash, error.
    /// </summary>
    public static DataFrame Results(this EnsembleView ensemble) => Frame.Of(results, Guard.NotNull(ensemble).Seeds);

    /// <summary>
    /// Gets the learning curves in long form, one row per seed and stretch of episodes: seed, start, end (the first and the last episode),
    /// steps (of the seed, by the end), mean_return, mean_length.
    /// </summary>
    public static DataFrame Curves(this EnsembleView ensemble)
    {
        ArgumentNullException.ThrowIfNull(ensemble);
        return Frame.Of(curves, [.. ensemble.Stored()
            .SelectMany(s => s.Curve.Points(s.Curve.Width, long.MaxValue).Select(point => (s.Result.Seed, point)))]);
    }
}
