using System.Text;

namespace GridWorld;

/// <summary>Writes a .csv file: one row per episode, with a column for the count of each action.</summary>
internal sealed class CsvMetricsFile : MetricsFile
{
    readonly StreamWriter text;
    int actions;

    public CsvMetricsFile(OutputFile file) : base(file) => text = new(Stream, new UTF8Encoding(false), 1 << 16) { NewLine = "\n" };

    public override void Begin(string id, string name, RunSpecification specification)
    {
        base.Begin(id, name, specification);
        actions = specification.World.Actions;
        CsvExport.Header(Table.NamesWithCounts(specification.World), text);
    }

    protected override void Add(EpisodeRecord episode) => CsvExport.Row(Table.CellsWithCounts(episode, actions), text);

    protected override void Finish(IReadOnlyList<EpisodeTrace> trace, IReadOnlyList<RunEvent> events,
        IReadOnlyList<(string Name, object? Value)> summary) => text.Flush();
}
