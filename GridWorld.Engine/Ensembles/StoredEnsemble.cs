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

    internal override IReadOnlyList<StoredSeed> Stored()
    {
        var seeds = SweepFile.Read(path, connection => SweepStanding.Read(connection).State == RunState.Completed
            && SeedTable.Read(connection, 1) is var all && all.Count < SeedCount
                ? throw new StoreDamage($"{SeedCount - all.Count} of the {SeedCount} seeds are missing")
                : SeedTable.Read(connection, 1));
        // Before the first save, a seed stands at its beginning.
        var known = seeds.ToDictionary(s => s.Result.Seed);
        return [.. Header.All.Select(seed => known.GetValueOrDefault(seed)
            ?? new(1, new(seed, TrialState.Waiting, 0, 0, 0, null, null, null, null, null, null), new()))];
    }

    static int Failed(SqliteConnection connection) =>
        (int)(connection.One("SELECT count(*) FROM seed WHERE state = 'failed'") as long? ?? 0);
}
