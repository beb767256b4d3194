namespace GridWorld.Tests;

/// <summary>One C# block of a Markdown file; <see cref="Line"/> is that of its first line of code.</summary>
internal sealed record Snippet(int Line, string Code)
{
    /// <summary>A block with #: lines is a whole file-based program; others go on from the block before, as cells do.</summary>
    public bool IsProgram => Code.Split('\n').Any(line => line.StartsWith("#:", StringComparison.Ordinal));

    /// <summary>The packages of a program as id@version; ours without.</summary>
    public IEnumerable<string> Packages =>
        Code.Split('\n').Where(line => line.StartsWith("#:package ", StringComparison.Ordinal)).Select(line => line[10..].Trim())
        .Select(package => package.StartsWith("GridWorld.", StringComparison.Ordinal) ? $"{package.Split('@')[0]}@" : package);

    /// <summary>The code without the lines only a kernel or the dotnet command understands; line numbers stay.</summary>
    public string Compilable => string.Join('\n', Code.Split('\n').Select(line =>
        line.StartsWith("#:", StringComparison.Ordinal) || line.StartsWith("#!", StringComparison.Ordinal)
        || line.StartsWith("#r \"nuget:", StringComparison.Ordinal) ? "" : line));

    public static IEnumerable<Snippet> Read(string markdown)
    {
        var lines = markdown.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var fence = lines[i].TrimStart();
            if (!fence.StartsWith("```", StringComparison.Ordinal)) continue;
            var first = i + 1;
            var end = Array.FindIndex(lines, first, line => line.Trim() == "```");
            if (end < 0) end = lines.Length;
            if (fence[3..].Split(' ')[0].ToLowerInvariant() is "csharp" or "cs" or "c#") yield return new(first + 1,
                string.Join('\n', lines[first..end]));
            i = end;
        }
    }
}
