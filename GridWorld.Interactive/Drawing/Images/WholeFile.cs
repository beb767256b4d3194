namespace GridWorld;

/// <summary>Writes a file completely or not at all.</summary>
internal static class WholeFile
{
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        ArgumentNullException.ThrowIfNull(path);
        using var file = new OutputFile(path);
        file.Stream.Write(content);
        file.Complete();
    }
}
