namespace GridWorld;

/// <summary>The columns as files have them: the numbers, then the flags.</summary>
internal sealed class ExportedEpisodes
{
    static readonly ExportedEpisodes ofLearners = new(isPlanned: false), ofPlanners = new(isPlanned: true);
    readonly EpisodeColumn[] columns;

    ExportedEpisodes(bool isPlanned)
    {
        var all = EpisodeColumns.Of(isPlanned);
        columns = [.. all.Where(c => !c.IsFlag), .. all.Where(c => c.IsFlag)];
        WithActionCounts = [.. columns.Select(c => c.Name), "action_counts"];
        (Names, Types) = (Array.ConvertAll(columns, c => c.Name), Array.ConvertAll(columns, c => c.Type));
    }

    public string[] Names { get; }

    public Type[] Types { get; }

    /// <summary>The names, for files whose cells can be lists.</summary>
    public string[] WithActionCounts { get; }

    public static ExportedEpisodes Of(bool isPlanned) => isPlanned ? ofPlanners : ofLearners;

    public object?[] Cells(EpisodeRecord row) => Array.ConvertAll(columns, c => c.Cell(row));

    /// <summary>The same with one column per action, for files whose cells are single values.</summary>
    public string[] NamesWithCounts(World world) => [.. Names, .. world.ActionNames.Select(a => "count_" + a)];

    public object?[] CellsWithCounts(EpisodeRecord row, int actions) =>
        [.. Cells(row), .. Enumerable.Range(0, actions).Select(a => (object?)row.ActionCounts?[a])];
}
