namespace GridWorld;

/// <summary>How a column lies in a stored chunk.</summary>
internal enum EpisodeCell
{
    /// <summary>Not at all: it follows from the others.</summary>
    Derived,

    /// <summary>As 32-bit whole numbers if all of the chunk's are such numbers, otherwise as doubles.</summary>
    Whole,

    Int32,

    Byte,

    Double,

    /// <summary>With the counts of the actions, if any row of the chunk was sampled.</summary>
    Sampled,
}

/// <summary>A column of an episode's row.</summary>
/// <param name="name">Its name in tables, files and on the wire.</param>
/// <param name="type">The type of its cells; <c>double?</c> if a row may lack the value.</param>
/// <param name="cell">How it is stored.</param>
/// <param name="read">Reads it from a row; 1 and 0 for true and false.</param>
/// <param name="doc">What it is, with its unit.</param>
internal sealed class EpisodeColumn(string name, Type type, EpisodeCell cell, Func<EpisodeRecord, double?> read, string doc)
{
    public string Name => name;

    public Type Type => type;

    public EpisodeCell Stored => cell;

    public string Doc => doc;

    public bool IsFlag => type == typeof(bool);

    public bool MayLack => type == typeof(double?);

    /// <summary>Its place in the table.</summary>
    public int Place => Array.IndexOf(EpisodeColumns.All, this);

    public double? Read(EpisodeRecord row) => read(row);

    /// <summary>The value in the column's own type.</summary>
    public object? Cell(EpisodeRecord row) => read(row) switch
    {
        null => null,
        { } flag when IsFlag => flag != 0,
        { } whole when type == typeof(int) => (int)whole,
        { } whole when type == typeof(long) => (long)whole,
        { } number => number,
    };
}

/// <summary>
/// The table of an episode's row, from which chunks on disk, frames, files and the wire are made. A new column stands at its end, as
/// <see cref="EpisodeCell.Double"/> and <c>double?</c>: a stored chunk from before ends without it, and an older reader stops before it.
/// </summary>
internal static class EpisodeColumns
{
    public static readonly EpisodeColumn
        Episode = new("episode", typeof(long), EpisodeCell.Derived, e => e.Episode, "Number of the episode, from 1."),
        Return = new("return", typeof(double), EpisodeCell.Whole, e => e.Return, "Undiscounted sum of the rewards."),
        Length = new("length", typeof(int), EpisodeCell.Int32, e => e.Length, "Number of steps."),
        Terminated = new("terminated", typeof(bool), EpisodeCell.Byte, e => e.Terminated ? 1 : 0, "Whether it ended in a terminal state."),
        Truncated = new("truncated", typeof(bool), EpisodeCell.Derived, e => e.Truncated ? 1 : 0, "Whether the step limit ended it."),
        Epsilon = new("epsilon", typeof(double), EpisodeCell.Double, e => e.Epsilon, "ε at the first step, 0 to 1."),
        LearningRate = new("learning_rate", typeof(double), EpisodeCell.Double, e => e.LearningRate, "α at the first step, 0 to 1."),
        MeanQ = new("mean_q", typeof(double?), EpisodeCell.Sampled, e => e.MeanQ,
        "Mean of the visited states' greedy values at the end, where sampled."),
        Residual = new("residual", typeof(double?), EpisodeCell.Double, e => e.Residual, "Largest change of a value in a planner's pass."),
        PolicyChanges = new("policy_changes", typeof(double?), EpisodeCell.Double, e => e.PolicyChanges,
        "Number of states whose best actions changed in a planner's pass.");

    public static readonly EpisodeColumn[] OfLearners = [Episode, Return, Length, Terminated, Truncated, Epsilon, LearningRate, MeanQ];

    public static readonly EpisodeColumn[] All = [.. OfLearners, Residual, PolicyChanges];

    /// <summary>The columns that a learner's or a planner's run has.</summary>
    public static EpisodeColumn[] Of(bool isPlanned) => isPlanned ? All : OfLearners;

    /// <summary>A row of a buffer as a record.</summary>
    public static EpisodeRecord Record(EpisodeBuffer rows, int row, long episode) => new(episode, rows.Returns[row], (int)rows.Lengths[row],
        rows.Terminated[row] != 0, rows.Terminated[row] == 0, rows.Epsilons[row], rows.LearningRates[row], rows[MeanQ, row],
        rows.ActionCounts?[row], rows[Residual, row], rows[PolicyChanges, row]);
}

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
