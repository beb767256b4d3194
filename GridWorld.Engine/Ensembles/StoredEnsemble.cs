using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>An ensemble as its file has it. What another process writes meanwhile is seen at the next call.</summary>
internal sealed class StoredEnsemble(string path) : EnsembleView(SweepFile.Read(path, c => EnsembleHeader.Of(SweepHeader.Read(c))))
{
    public override string? StorePath => path;

    public override IReadOnlyList<RunEvent> Changes => SweepFile.Read(path, c => ChangeTable.Read(c, Id));

    public override EnsembleStatus Status() => SweepFile.Read(path, connection =>
    {
        var now = SweepStanding.Read(connection);
        return new EnsembleStatus
        {
            Id = Id, Name = Name, State = StoredOwner.StateOf(connection, now.State, TimeProvider.System), Seeds = SeedCount,
            Failed = Failed(connection), Episodes = now.Episode, TargetEpisodes = now.Target, Steps = now.Steps,
            StepsPerSecond = now.Seconds > 0 ? now.Steps / now.Seconds : 0, Message = now.Message,
        };
    });

    public override IReadOnlyList<SeedResult> Seeds => [.. Stored().Select(s => s.Result)];

    internal override IReadOnlyList<StoredSeed> Stored()
    {
        var known = SweepFile.Read(path, connection =>
        {
            var seeds = SeedTable.Read(connection, 1);
            return SweepStanding.Read(connection).State != RunState.Completed || seeds.Count == SeedCount ? seeds
                : throw new StoreDamage($"{SeedCount - seeds.Count} of the {SeedCount} seeds are missing");
        }).ToDictionary(s => s.Result.Seed);
        // Before the first save, a seed stands at its beginning.
        return [.. Header.All.Select(seed => known.GetValueOrDefault(seed)
            ?? new(1, new(seed, TrialState.Waiting, 0, 0, 0, null, null, null, null, null, null), new()))];
    }

    static int Failed(SqliteConnection connection) =>
        (int)(connection.One("SELECT count(*) FROM seed WHERE state = 'failed'") as long? ?? 0);
}
