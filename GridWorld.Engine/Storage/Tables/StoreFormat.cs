namespace GridWorld;

/// <summary>The identification and the tables of a run file.</summary>
internal static class StoreFormat
{
    public const int ApplicationId = 0x47574c44, Version = 2;

    /// <summary>The statements that create the tables of a format.</summary>
    public static string Schema(string name)
    {
        using var reader = new StreamReader(typeof(StoreFormat).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
