namespace GridWorld;

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
