using System.Text.RegularExpressions;

namespace GridWorld.Tests;

/// <summary>What an analyzer would not say of C# as it is written here.</summary>
public sealed partial class StyleTests
{
    const int Most = 140;

    /// <summary>Of C# and TypeScript. A line that is one literal, such as the JSON or the CSV of a test, may be longer.</summary>
    [Fact]
    public void Lines_have_at_most_140_columns() =>
        Assert.DoesNotContain(Lines(".cs", ".ts"), l => l.Text.Length > Most && !IsLiteral(l.Text));

    /// <summary>Members are private unless they say otherwise, as partial methods must; fields have no prefix.</summary>
    [Fact]
    public void Members_neither_say_private_nor_have_prefixes() =>
        Assert.DoesNotContain(Lines(".cs"), l => Foreign().IsMatch(l.Text));

    [GeneratedRegex(@"^\s*private (?!protected|.* partial )|^\s*(static |readonly |const )+[\w<>\[\]?, ]+ [sm]?_[a-z]\w* ?[=;]")]
    private static partial Regex Foreign();

    static IEnumerable<(string Place, string Text)> Lines(params string[] kinds) =>
        Directory.EnumerateFiles(Repository.Root, "*.*", SearchOption.AllDirectories)
            .Where(file => kinds.Contains(Path.GetExtension(file)) && !IsMade(Path.GetRelativePath(Repository.Root, file)))
            .SelectMany(file => File.ReadLines(file).Select((line, i) => ($"{file}:{i + 1}", line)));

    static bool IsMade(string path) =>
        path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules" or "dist" or "artifacts" or ".git");

    static bool IsLiteral(string line) =>
        line.TrimStart(' ', '$', '@', '+') is { Length: > 0 } rest && (rest[0] is '"' or '{' || char.IsAsciiDigit(rest[0]));
}
