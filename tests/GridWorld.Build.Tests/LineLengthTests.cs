namespace GridWorld.Tests;

public class LineLengthTests
{
    const int Most = 140;

    /// <summary>Of C# and TypeScript. A line that is one literal, such as the JSON or the CSV of a test, may be longer.</summary>
    [Fact]
    public void Lines_have_at_most_140_columns()
    {
        var files = Directory.EnumerateFiles(Repository.Root, "*.*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".ts" && !IsMade(Path.GetRelativePath(Repository.Root, file)));

        Assert.Empty(files.SelectMany(file => File.ReadLines(file).Select((line, i) => (Line: line, Place: $"{file}:{i + 1}"))
            .Where(l => l.Line.Length > Most && !IsLiteral(l.Line)).Select(l => l.Place)));
    }

    static bool IsMade(string path) =>
        path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules" or "dist" or "artifacts" or ".git");

    static bool IsLiteral(string line) =>
        line.TrimStart(' ', '$', '@', '+') is { Length: > 0 } rest && (rest[0] is '"' or '{' || char.IsAsciiDigit(rest[0]));
}
