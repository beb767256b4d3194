namespace GridWorld;

/// <summary>An exported file.</summary>
/// <param name="Path">The path of the file.</param>
/// <param name="Rows">The number of rows: episodes, events, steps, states, or pairs of state and action.</param>
public sealed record ExportedFile(string Path, long Rows)
{
    /// <summary>The number of rows and the path, as one line.</summary>
    public override string ToString() => $"{Numerals.Count(Rows)} rows in {Path}";
}
