namespace GridWorld;

/// <summary>How a run's file is known for one of ours, and the tables that it has.</summary>
internal static class StoreFormat
{
    public const int ApplicationId = 0x47574c44, Version = 2;

    /// <summary>The statements that make the tables of a format.</summary>
    public static string Schema(string name)
    {
        using var reader = new StreamReader(typeof(StoreFormat).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
