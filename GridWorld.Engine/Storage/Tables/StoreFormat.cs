namespace GridWorld;

/// <summary>The identification and the tables of a kind of file.</summary>
/// <param name="Kind">What a message calls the file.</param>
/// <param name="ApplicationId">SQLite's number of the program that a file belongs to.</param>
/// <param name="Version">The newest version of the format.</param>
/// <param name="Schema">The name of the statements that create the tables.</param>
internal sealed record StoreFormat(string Kind, int ApplicationId, int Version, string Schema)
{
    public const string SweepExtension = ".sweep.db";

    /// <summary>The format of a run file without changes of rewards.</summary>
    public const int SealedRun = 2;

    /// <summary>The format of a run file with changes of rewards, which an earlier version would not replay.</summary>
    public const int RunWithRewards = 3;

    public static readonly StoreFormat Run = new("run file", 0x47574c44, RunWithRewards, "schema.sql");

    public static readonly StoreFormat Sweep = new("sweep file", 0x47575357, 1, "sweep.sql");

    /// <summary>The format of a file, which its name tells.</summary>
    public static StoreFormat Of(string path) => path.EndsWith(SweepExtension, StringComparison.Ordinal)
        || path.Contains(SweepExtension + ".", StringComparison.Ordinal) ? Sweep : Run;

    /// <summary>The statements of that name.</summary>
    public static string Statements(string name)
    {
        using var reader = new StreamReader(typeof(StoreFormat).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
