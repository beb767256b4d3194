namespace GridWorld;

/// <summary>Writes one row per episode as Parquet. The count of each action has its own column.</summary>
internal sealed class ParquetMetricsFile(OutputFile file) : MetricsFile(file)
{
    int actions;
    ParquetRows? rows;

    public override void Begin(string id, string name, RunSpecification specification)
    {
        base.Begin(id, name, specification);
        actions = specification.World.Actions;
        rows = new(Stream, Table.NamesWithCounts(specification.World),
            [.. Table.Types, .. Enumerable.Repeat(typeof(int?), actions)]);
    }

    protected override void Add(EpisodeRecord episode) => rows!.Add(Table.CellsWithCounts(episode, actions));

    protected override void Finish(IReadOnlyList<EpisodeTrace> trace, IReadOnlyList<RunEvent> events,
        IReadOnlyList<(string Name, object? Value)> summary) => rows!.Complete();
}
